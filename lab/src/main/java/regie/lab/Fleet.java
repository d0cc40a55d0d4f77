package regie.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A fleet of the room, watched from outside: a member counts when it has answered HTTP itself. */
final class Fleet {
    private static final long PATIENCE_SECONDS = 180;
    private static final Duration ANSWER = Duration.ofMillis(500);

    private final RoomClient room;
    private final String name;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER).build();
    private final Map<String, Member> answered = new LinkedHashMap<>();

    Fleet(RoomClient room, String name) {
        this.room = room;
        this.name = name;
    }

    /** @param secondsToHttp from when we began to wait for it to its first HTTP 200 */
    record Member(String name, String uid, String site, String host, String address, double secondsToHttp) {}

    /**
     * Waits until {@code count} members run and each has answered HTTP; those of {@code known} need not answer anew.
     *
     * @throws IOException where it takes longer than three minutes
     */
    List<Member> awaitAnswers(int count, Set<String> known) throws IOException, InterruptedException {
        var watch = new Stopwatch();
        var there = new ArrayList<Member>();
        Stopwatch.await(
                PATIENCE_SECONDS,
                () -> {
                    there.clear();
                    there.addAll(look(watch));
                    boolean news = known.isEmpty() || there.stream().anyMatch(member -> !known.contains(member.name()));
                    return there.size() == count && news;
                },
                () -> "after %d s %d of %d machines answer; explain: %s"
                        .formatted(
                                PATIENCE_SECONDS,
                                there.size(),
                                count,
                                room.get("/v1/projects/default/fleets/" + name + "/explain")));
        return there;
    }

    /** @return those that run and have answered, now or before */
    private List<Member> look(Stopwatch watch) throws IOException, InterruptedException {
        var running = running();
        for (var instance : running) {
            var member = instance.at("/name").asString();
            if (!answered.containsKey(member) && answers(instance)) answered.put(member, member(instance, watch));
        }
        return running.stream()
                .map(instance ->
                        Optional.ofNullable(answered.get(instance.at("/name").asString())))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(Member::name))
                .toList();
    }

    static String table(List<Member> members) {
        var text = new StringBuilder(
                "%n  %-10s %-6s %-10s %-14s %s%n".formatted("INSTANCE", "SITE", "HOST", "ADDRESS", "SECONDS TO HTTP"));
        for (var each : members) {
            text.append("  %-10s %-6s %-10s %-14s %.1f%n"
                    .formatted(each.name(), each.site(), each.host(), each.address(), each.secondsToHttp()));
        }
        return text.append('\n').toString();
    }

    private List<JsonNode> running() throws IOException, InterruptedException {
        var running = new ArrayList<JsonNode>();
        for (var instance : room.get("/v1/projects/default/instances").path("items")) {
            boolean member = instance.at("/name").asString().matches(name + "-\\d+");
            if (member && instance.at("/status/stage").asString().equals("running") && !instance.has("deletingAt"))
                running.add(instance);
        }
        return running;
    }

    private boolean answers(JsonNode instance) throws InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://" + instance.at("/status/address").asString() + "/"))
                .timeout(ANSWER)
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200
                    && answer.body()
                            .toLowerCase(Locale.ROOT)
                            .contains(instance.at("/uid").asString());
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Member member(JsonNode instance, Stopwatch watch) {
        return new Member(
                instance.at("/name").asString(),
                instance.at("/uid").asString(),
                instance.at("/status/site").asString(),
                instance.at("/status/host").asString(),
                instance.at("/status/address").asString(),
                watch.seconds());
    }
}
