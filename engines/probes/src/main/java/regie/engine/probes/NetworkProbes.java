package regie.engine.probes;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import regie.compute.HealthCheck;
import regie.compute.HealthSpec;

/**
 * Asks from where the room runs, which therefore has to reach the networks of the guests. It follows no redirect, reads no body, and
 * never waits longer than it is told.
 */
public final class NetworkProbes implements HealthCheck, AutoCloseable {
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    @Override
    public Optional<String> ailment(String address, HealthSpec health) {
        var wait = Duration.ofSeconds(health.timeoutSeconds());
        try {
            if (health.http().isPresent()) return asked(address, health.http().get(), wait);
            connect(address, health.tcp().orElseThrow().port(), wait);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("no answer from %s: %s".formatted(address, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("asking %s was interrupted".formatted(address));
        }
    }

    private Optional<String> asked(String address, HealthSpec.HttpProbe probe, Duration wait)
            throws IOException, InterruptedException {
        var url = "http://%s:%d%s".formatted(bracketed(address), probe.port(), probe.path());
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(wait).build();
        var answer = http.send(request, BodyHandlers.ofInputStream());
        answer.body().close(); // unread, for the time limit ends with the head, and a body may never end
        int status = answer.statusCode();
        if (status == probe.expect()) return Optional.empty();
        return Optional.of("%s answers %d; expected %d".formatted(url, status, probe.expect()));
    }

    private static String bracketed(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }

    private static void connect(String address, int port, Duration wait) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), Math.toIntExact(wait.toMillis()));
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
