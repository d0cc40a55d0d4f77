package regie.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import regie.kernel.Json;

/** Reads a watch, event by event. */
final class Watching implements AutoCloseable {
    record Event(String id, String what, String data) {
        String name() {
            return Json.tree(data).path("name").asString();
        }
    }

    private final InputStream stream;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    Watching(Asking asking, String query) throws IOException, InterruptedException {
        this(asking, HttpRequest.newBuilder(URI.create(asking.url() + "/v1/watch" + query)));
    }

    private Watching(Asking asking, HttpRequest.Builder asked) throws IOException, InterruptedException {
        var request = asked.header("Authorization", "Bearer " + asking.token()).build();
        var response = asking.http().send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) throw new IOException("status " + response.statusCode());
        stream = response.body();
        Thread.startVirtualThread(this::read);
    }

    /** A subscription. */
    static Watching graphQl(Asking asking, String body) throws IOException, InterruptedException {
        return new Watching(
                asking,
                HttpRequest.newBuilder(URI.create(asking.url() + "/v1/graphql"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** The next one; fails where none comes within 20 s. */
    Event next() throws InterruptedException {
        var event = events.poll(20, TimeUnit.SECONDS);
        if (event == null) throw new AssertionError("no event came");
        return event;
    }

    boolean isSilent(int millis) throws InterruptedException {
        var event = events.poll(millis, TimeUnit.MILLISECONDS);
        return event == null;
    }

    private void read() {
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            var id = "";
            var what = "";
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("id: ")) id = line.substring(4);
                if (line.startsWith("event: ")) what = line.substring(7);
                if (line.startsWith("data: ")) events.add(new Event(id, what, line.substring(6)));
            }
        } catch (IOException e) {
            // closed by the test, or by the room going down
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
