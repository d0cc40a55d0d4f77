package regie.engine.bmc;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import regie.continuity.PowerSwitch;
import regie.kernel.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Redfish (DMTF DSP0266) over HTTPS: the one system that the controller manages, its {@code PowerState}, and its action
 * {@code ComputerSystem.Reset}. What the controller names is believed only within {@code /redfish/}.
 */
public final class RedfishSwitch implements PowerSwitch {
    private static final int PORT = 443;
    private static final long BODY_MAX = 1 << 20;
    private static final int WORDS_MAX = 200;
    /** Three requests at the most have to fit into {@link #SECONDS_MAX}. */
    private static final Duration TIMEOUT = Duration.ofSeconds(6);

    @Override
    public Power power(Target target) throws PowerFault {
        try (var client = client(target)) {
            return power(system(client, target).content());
        }
    }

    private static Power power(JsonNode system) throws PowerFault {
        var state = system.path("PowerState").asString("");
        return switch (state) {
            case "Off" -> Power.OFF;
            case "On", "PoweringOn", "PoweringOff", "Paused" -> Power.ON; // not off yet, or not any more
            default -> throw new PowerFault("its PowerState is \"%s\"; expected On or Off".formatted(cut(state)));
        };
    }

    @Override
    public void off(Target target) throws PowerFault {
        reset(target, "ForceOff");
    }

    @Override
    public void on(Target target) throws PowerFault {
        reset(target, "On");
    }

    @Override
    public void cycle(Target target) throws PowerFault {
        reset(target, "ForceRestart");
    }

    private static void reset(Target target, String how) throws PowerFault {
        try (var client = client(target)) {
            var system = system(client, target);
            var action = system.content()
                    .path("Actions")
                    .path("#ComputerSystem.Reset")
                    .path("target")
                    .asString("");
            var path = action.isEmpty() ? system.path() + "/Actions/ComputerSystem.Reset" : within(action);
            var body = Json.MAPPER.createObjectNode().put("ResetType", how);
            send(
                    client,
                    request(target, path)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(Json.write(body)))
                            .build());
        }
    }

    /** @param path of it, as the controller named it */
    private record Managed(String path, JsonNode content) {}

    private static Managed system(HttpClient client, Target target) throws PowerFault {
        var systems = get(client, target, "/redfish/v1/Systems").path("Members");
        if (systems.size() != 1) throw new PowerFault("it manages %d systems; expected one".formatted(systems.size()));
        var path = within(systems.path(0).path("@odata.id").asString(""));
        return new Managed(path, get(client, target, path));
    }

    private static String within(String path) throws PowerFault {
        if (path.startsWith("/redfish/")
                && !path.contains("..")
                && path.chars().allMatch(each -> each > ' ' && each < 127)) return path;
        throw new PowerFault("it names \"%s\", which is no path of Redfish".formatted(cut(path)));
    }

    private static JsonNode get(HttpClient client, Target target, String path) throws PowerFault {
        var body = send(client, request(target, path).GET().build());
        try {
            return Json.MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw new PowerFault("what it answers to %s is no JSON".formatted(path), e);
        }
    }

    private static HttpRequest.Builder request(Target target, String path) throws PowerFault {
        var host = target.bmc().address();
        var authority = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        URI uri;
        try {
            uri = URI.create(
                    "https://%s:%d%s".formatted(authority, target.bmc().port().orElse(PORT), path));
        } catch (IllegalArgumentException e) {
            throw new PowerFault("its address \"%s\" is none".formatted(cut(host)), e);
        }
        var request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).header("Accept", "application/json");
        target.credentials().ifPresent(who -> {
            var pair = (who.user() + ":" + who.password()).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        });
        return request;
    }

    /** The time limit of a request ends with the head of its answer; a body that stalls is given up by this one. */
    private static String send(HttpClient client, HttpRequest request) throws PowerFault {
        var handler = BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), BODY_MAX);
        try {
            var response = client.sendAsync(request, handler).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() / 100 == 2) return response.body();
            throw new PowerFault(refusal(response));
        } catch (TimeoutException e) {
            client.shutdownNow();
            throw unanswered(request, "it did not answer within %d seconds".formatted(TIMEOUT.toSeconds()), e);
        } catch (ExecutionException e) {
            throw unanswered(request, words(e), e);
        } catch (InterruptedException e) {
            client.shutdownNow();
            Thread.currentThread().interrupt();
            throw new PowerFault("the room ends", e);
        }
    }

    private static PowerFault unanswered(HttpRequest request, String why, Exception cause) {
        return new PowerFault("%s can't be asked: %s".formatted(request.uri().getHost(), cut(why)), cause);
    }

    private static String refusal(HttpResponse<String> response) {
        return switch (response.statusCode()) {
            case 401 -> "it does not know the user, or the password is wrong (401)";
            case 403 -> "the user may not do that (403)";
            default -> "it answers %d: %s".formatted(response.statusCode(), cut(response.body()));
        };
    }

    private static String words(Throwable problem) {
        var cause = Optional.ofNullable(problem.getCause());
        return cause.map(RedfishSwitch::words)
                .orElseGet(() -> Optional.ofNullable(problem.getMessage())
                        .orElseGet(() -> problem.getClass().getSimpleName()));
    }

    private static String cut(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        return line.substring(0, Math.min(line.length(), WORDS_MAX));
    }

    private static HttpClient client(Target target) throws PowerFault {
        var builder = HttpClient.newBuilder().connectTimeout(TIMEOUT).followRedirects(HttpClient.Redirect.NEVER);
        var pinned = target.bmc().certificateSha256();
        if (pinned.isPresent()) builder.sslContext(Pinned.context(pinned.get()));
        return builder.build();
    }
}
