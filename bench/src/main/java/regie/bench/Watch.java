package regie.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import regie.lab.RoomClient;
import regie.lab.Stopwatch;

/**
 * Follows a room's changes of one kind, as any watcher does, and keeps for each resource the last word on it. An event is sent
 * only after its transaction has committed, so what was seen here is on PostgreSQL's disk.
 */
final class Watch implements AutoCloseable {
    /** The word of a resource that is gone. */
    static final String DELETED = "deleted";

    private static final Pattern UID = Pattern.compile("\"uid\":\"([0-9a-f-]{36})\"");
    private static final Pattern WORD = Pattern.compile("\"(?:stage|presence)\":\"([a-z-]+)\"");

    private final Stream<String> lines;
    private final Map<String, String> words = new HashMap<>();
    private final Map<String, Integer> tally = new HashMap<>();
    private boolean over;

    private Watch(Stream<String> lines) {
        this.lines = lines;
    }

    /** @param kind such as {@code Instance}; its changes from now on */
    static Watch start(RoomClient room, String kind) throws IOException, InterruptedException {
        var watch = new Watch(room.events("/v1/watch?kind=" + kind));
        Thread.ofVirtual().name("watch-" + kind).start(watch::follow);
        return watch;
    }

    private void follow() {
        var change = new StringBuilder();
        try (lines) {
            lines.forEach(line -> {
                if (line.startsWith("event: ")) {
                    change.setLength(0);
                    change.append(line, "event: ".length(), line.length());
                } else if (line.startsWith("data: ")) {
                    see(change.toString(), line);
                }
            });
        } catch (UncheckedIOException broken) {
            // the room has ended
        }
        synchronized (this) {
            over = true;
            notifyAll();
        }
    }

    private void see(String change, String data) {
        var uid = UID.matcher(data);
        if (!uid.find()) return;
        var word = WORD.matcher(data);
        synchronized (this) {
            var now = change.equals(DELETED) ? DELETED : word.find() ? word.group(1) : "";
            var before = words.put(uid.group(1), now);
            if (before != null) tally.merge(before, -1, Integer::sum);
            tally.merge(now, 1, Integer::sum);
            notifyAll();
        }
    }

    /** From here on only what comes counts. */
    synchronized void forget() {
        words.clear();
        tally.clear();
    }

    /**
     * Returns once {@code count} resources stand at one of {@code wanted}.
     *
     * @throws IOException where that takes longer than {@code secondsMax}, with how far it came
     */
    synchronized void await(Set<String> wanted, int count, long secondsMax) throws IOException, InterruptedException {
        long wait = TimeUnit.SECONDS.toMillis(secondsMax);
        var timer = new Stopwatch();
        while (count(wanted) < count) {
            long left = wait - (long) (timer.seconds() * 1_000);
            if (left <= 0 || over) {
                throw new IOException(
                        "of %d not all are %s after %d s: %s".formatted(count, wanted, secondsMax, tally));
            }
            wait(left);
        }
    }

    private int count(Set<String> wanted) {
        return wanted.stream().mapToInt(word -> tally.getOrDefault(word, 0)).sum();
    }

    @Override
    public void close() {
        lines.close();
    }
}
