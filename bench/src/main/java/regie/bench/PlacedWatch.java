package regie.bench;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import regie.kernel.Clock;
import regie.lab.RoomClient;

/** Tells by name when an instance has its place: a watcher sees its host, so the place is committed. */
final class PlacedWatch implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("\"name\":\"([a-z0-9-]+)\"");
    private static final Pattern PLACED = Pattern.compile("\"stage\":\"(?:starting|running)\"");
    private static final long SECONDS_MAX = 60;

    private final Stream<String> lines;
    private final Map<String, CompletableFuture<Long>> awaited = new ConcurrentHashMap<>();

    private PlacedWatch(Stream<String> lines) {
        this.lines = lines;
    }

    static PlacedWatch start(RoomClient room) throws IOException, InterruptedException {
        var watch = new PlacedWatch(room.events("/v1/watch?kind=Instance"));
        Thread.ofPlatform().daemon().name("placed").start(() -> watch.lines.forEach(watch::see));
        return watch;
    }

    private void see(String line) {
        if (!line.startsWith("data: ") || !PLACED.matcher(line).find()) return;
        var name = NAME.matcher(line);
        if (!name.find()) return;
        var waiting = awaited.get(name.group(1));
        if (waiting != null) waiting.complete(Clock.SYSTEM.nanos());
    }

    /** To be called before the instance is declared. */
    void expect(String name) {
        awaited.put(name, new CompletableFuture<>());
    }

    /** @return when it was seen to have its place, in ns */
    long await(String name) throws IOException {
        try {
            var waiting = awaited.get(name);
            if (waiting == null) throw new IOException(name + " is not expected");
            return waiting.get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException late) {
            throw new IOException("%s has no place after %d s".formatted(name, SECONDS_MAX), late);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } finally {
            awaited.remove(name);
        }
    }

    @Override
    public void close() {
        lines.close();
    }
}
