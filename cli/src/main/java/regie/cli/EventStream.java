package regie.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** What happens in the room, as it happens. A broken line is opened again from where it broke; nothing is missed or told twice. */
final class EventStream implements AutoCloseable {
    private static final int AHEAD_MAX = 1_000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONG = Duration.ofDays(1);
    private static final Duration TOGETHER = Duration.ofMillis(200);
    private static final int TOGETHER_MAX = 1_000;

    private final Room room;
    private final String path;
    private final BlockingQueue<Item> ahead = new ArrayBlockingQueue<>(AHEAD_MAX);
    private final CountDownLatch closed = new CountDownLatch(1);
    private Optional<String> position;

    sealed interface Item {}

    /** @param what one of created, changed, reported, deleting, deleted */
    record Event(String position, String what, JsonNode resource) implements Item {}

    private record Broken(Failure failure) implements Item {}

    private EventStream(Room room, String path, Optional<String> from) {
        this.room = room;
        this.path = path;
        this.position = from;
    }

    /**
     * @param query such as {@code kind=Fleet&project=shop}; empty for everything
     * @param from the position of a list, to hear all that came after it; empty for from now on
     */
    static EventStream open(Room room, String query, Optional<String> from) {
        var stream = new EventStream(room, "/v1/watch" + (query.isEmpty() ? "" : "?" + query), from);
        Thread.ofPlatform().daemon().name("watch").start(stream::read);
        return stream;
    }

    /** The next event, or empty where none came in time. */
    Optional<Event> next(Duration patience) {
        try {
            return switch (ahead.poll(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS)) {
                case Event event -> Optional.of(event);
                case Broken broken -> throw broken.failure();
                case null -> Optional.empty();
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Waits for an event, and for those that come close behind it, so that one look at the room is enough for all of them. */
    void awaitNews() {
        while (next(LONG).isEmpty() && !Thread.currentThread().isInterrupted()) {}
        for (int more = 0; more < TOGETHER_MAX && next(TOGETHER).isPresent(); more++) {}
    }

    /** Opens no further line; what is open ends with the program, or with its next event. */
    @Override
    public void close() {
        closed.countDown();
    }

    private void read() {
        try {
            var pause = FIRST_PAUSE;
            boolean everOpen = false;
            do {
                try {
                    var stream = room.http().stream(request());
                    if (stream.status() >= 400) {
                        var failure = Problem.failure(
                                stream.status(), new String(stream.stream().readAllBytes(), StandardCharsets.UTF_8));
                        if (stream.status() < 500 || !everOpen) throw failure;
                    } else {
                        everOpen = true;
                        pause = FIRST_PAUSE;
                        events(stream);
                    }
                } catch (IOException e) {
                    if (!everOpen) throw room.http().unreachable(e);
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (Failure failure) {
            ahead.offer(new Broken(failure));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Http.Request request() {
        return new Http.Request(
                "GET",
                path,
                "text/event-stream",
                position.map(id -> Map.of("Last-Event-ID", id)).orElse(Map.of()),
                Optional.empty());
    }

    /** Reads until the line breaks: fields up to an empty line are one event, a line with a colon in front is a heartbeat. */
    private void events(Http.Stream stream) throws IOException, InterruptedException {
        try (var lines = new BufferedReader(new InputStreamReader(stream.stream(), StandardCharsets.UTF_8))) {
            var what = "";
            var id = "";
            var data = new StringBuilder();
            for (String line; (line = lines.readLine()) != null; ) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) ahead.put(new Event(id, what, Json.read(data.toString())));
                    if (!id.isEmpty()) position = Optional.of(id);
                    data.setLength(0);
                } else if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("event:")) {
                    what = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    data.append(line.substring(5).strip());
                }
            }
        }
    }
}
