package regie.lab.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Watches what becomes of one user's names, at whichever server answers, and goes on where it stood when that one is lost. */
final class Follower implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int PAUSE_MILLIS = 100;
    private static final String DELETED = "deleted";

    private final List<InetSocketAddress> rooms;
    private final String token;
    private final String path;
    private final String prefix;
    private final Map<String, List<Move.Event>> log = new LinkedHashMap<>();
    private volatile Optional<Wire> wire = Optional.empty();
    private volatile boolean over;
    private volatile String position;
    private final Thread thread;

    /**
     * @param prefix of the names that are followed
     * @param position of a list, behind which it begins
     */
    Follower(List<InetSocketAddress> rooms, int first, String token, String project, String prefix, String position) {
        this.rooms = rooms;
        this.token = token;
        this.path = "/v1/watch?kind=%s&project=%s".formatted(Thing.KIND, project);
        this.prefix = prefix;
        this.position = position;
        this.thread = Thread.ofVirtual().start(() -> follow(first));
    }

    private void follow(int first) {
        for (int room = first; !over; room++) {
            try (var one = new Wire(rooms.get(room % rooms.size()), PATIENCE_MILLIS)) {
                wire = Optional.of(one);
                read(one);
            } catch (IOException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            }
        }
    }

    private void read(Wire one) throws IOException {
        one.send(new Shot.Builder("GET", path + "&from=" + position)
                .header("Authorization", "Bearer " + token)
                .build()
                .bytes());
        var head = one.answer(true);
        if (head.status() != 200) throw new IOException("the watch was answered with " + head.status());
        var lines = new BufferedReader(new InputStreamReader(one.chunked(), StandardCharsets.UTF_8));
        var id = position;
        var what = "";
        var data = "";
        for (var line = lines.readLine(); line != null && !over; line = lines.readLine()) {
            if (line.startsWith("id: ")) id = line.substring(4);
            if (line.startsWith("event: ")) what = line.substring(7);
            if (line.startsWith("data: ")) data = line.substring(6);
            if (!line.isEmpty()) continue;
            if (!data.isEmpty()) note(what, data); // only what was read whole, for the rest comes again
            data = "";
            position = id;
        }
        throw new IOException("the watch ended");
    }

    private synchronized void note(String what, String data) {
        var resource = Inventor.JSON.readTree(data);
        var name = resource.path("name").asString();
        if (!name.startsWith(prefix)) return;
        var thing = what.equals(DELETED) ? Optional.<Thing>empty() : Optional.of(Thing.of(resource));
        log.computeIfAbsent(name, _ -> new ArrayList<>()).add(new Move.Event(what, thing));
        notifyAll();
    }

    /** Waits until it has seen {@code thing} under {@code name}, and with it all that came before. */
    synchronized boolean await(String name, Thing thing, long seconds) throws InterruptedException {
        long deadline = Ticks.nanos() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            var last = log.getOrDefault(name, List.of());
            if (!last.isEmpty() && last.getLast().thing().equals(Optional.of(thing))) return true;
            long left = deadline - Ticks.nanos();
            if (left <= 0) return false;
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** In the order in which it came. */
    synchronized List<Move.Event> of(String name) {
        return List.copyOf(log.getOrDefault(name, List.of()));
    }

    @Override
    public void close() throws IOException {
        over = true;
        var last = wire;
        if (last.isPresent()) last.get().close();
        thread.interrupt();
    }
}
