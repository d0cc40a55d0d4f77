package regie.lab.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import regie.lab.chaos.Rest.NoAnswer;

/** Watches everything from one position on; where the stream breaks it goes on behind the last event that it got. */
final class Watcher implements AutoCloseable {
    private final Rest rest;
    private final Thread thread;
    private final Set<Promise> seen = new HashSet<>();
    private final Map<String, Long> revisions = new HashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private String position;
    private String what = "";
    private int resumed = -1;
    private volatile boolean closed;

    /** @param position as a list gives it */
    Watcher(Rest rest, String position) {
        this.rest = rest;
        this.position = position;
        this.thread = Thread.ofVirtual().name("watcher").start(this::follow);
    }

    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** How often the stream broke and was taken up again. */
    synchronized int resumed() {
        return resumed;
    }

    synchronized List<Promise> missing(List<Promise> promises) {
        return promises.stream().filter(promise -> !seen.contains(promise)).toList();
    }

    private void follow() {
        while (!closed) {
            try (var lines = new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) take(line);
            } catch (IOException | NoAnswer e) {
                // killed: taken up again below
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | AssertionError e) {
                complain(String.valueOf(e));
                return;
            }
            pause();
        }
    }

    private java.io.InputStream open() throws NoAnswer, InterruptedException {
        var stream = rest.stream("/v1/watch?from=" + position);
        synchronized (this) {
            resumed++;
        }
        return stream;
    }

    private synchronized void take(String line) {
        if (line.startsWith("id: ")) position = line.substring(4);
        if (line.startsWith("event: ")) what = line.substring(7);
        if (line.startsWith("data: ")) event(line.substring(6));
    }

    private void event(String data) {
        var resource = Rest.tree(data);
        var promise = Promise.of(resource);
        long revision = resource.path("revision").asLong();
        var before = revisions.put(promise.uid(), revision);
        if (before != null && before >= revision)
            complaints.add("%s came with revision %d behind %d".formatted(promise.name(), revision, before));
        seen.add(promise);
        if (what.equals("deleted") || what.equals("deleting")) seen.add(Promise.deleted(promise.uid(), promise.name()));
    }

    private synchronized void complain(String complaint) {
        complaints.add(complaint);
    }

    private void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
