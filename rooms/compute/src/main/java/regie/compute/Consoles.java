package regie.compute;

import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import regie.kernel.Chance;
import regie.kernel.Database;
import regie.kernel.Fault;
import regie.kernel.Key;

/** Reaches the serial consoles of machines through the hosts that attend here. */
public final class Consoles {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Database database;
    private final Chance chance;
    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<byte[]>> logs = new ConcurrentHashMap<>();
    private final Map<UUID, CompletableFuture<ByteChannel>> sessions = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();

    /** How a host is asked. Nothing blocks, and no answer is sure to come. */
    public interface Line {
        void readLog(long request, UUID guest, int bytesMax);

        void open(UUID session, UUID guest);
    }

    public Consoles(Database database, Chance chance) {
        this.database = database;
        this.chance = chance;
    }

    public void attend(String host, Line line) {
        lines.put(host, line);
    }

    public void leave(String host, Line line) {
        lines.remove(host, line);
    }

    /**
     * The last bytes that a machine wrote to its serial console.
     *
     * @throws regie.kernel.Refused with a {@link ComputeRefusal} where it has no place, or its host can't be asked or says no
     * @throws Fault where the host gives no answer in time
     */
    public byte[] log(Key instance, UUID uid, int bytesMax) {
        var line = line(instance, uid);
        long request = requests.incrementAndGet();
        var answer = new CompletableFuture<byte[]>();
        logs.put(request, answer);
        try {
            line.readLog(request, uid, bytesMax);
            return await(instance, answer);
        } finally {
            logs.remove(request);
        }
    }

    /** Opens a machine's serial console; one at a time. Errors as of {@link #log}. */
    public ByteChannel open(Key instance, UUID uid) {
        var line = line(instance, uid);
        var session = chance.uuid();
        var answer = new CompletableFuture<ByteChannel>();
        sessions.put(session, answer);
        try {
            line.open(session, uid);
            return await(instance, answer);
        } finally {
            sessions.remove(session);
        }
    }

    /** The host's answer to {@link Line#readLog}; {@code failure} is empty where there is none. */
    public void logRead(long request, byte[] bytes, String failure) {
        var waiting = logs.get(request);
        if (waiting == null) return;
        if (failure.isEmpty()) waiting.complete(bytes);
        else waiting.completeExceptionally(new HostSaysNo(failure));
    }

    /** The host's answer to {@link Line#open}; false where nobody waits for it any more, and the caller has to close it. */
    public boolean opened(UUID session, ByteChannel console) {
        var waiting = sessions.get(session);
        return waiting != null && waiting.complete(console);
    }

    public void refused(UUID session, String reason) {
        var waiting = sessions.get(session);
        if (waiting != null) waiting.completeExceptionally(new HostSaysNo(reason));
    }

    private static final class HostSaysNo extends Exception {
        HostSaysNo(String reason) {
            super(reason);
        }
    }

    private Line line(Key instance, UUID uid) {
        var host = database.read(tx -> tx.first(
                        "select h.name from compute.allocation a join compute.host h on h.server = a.server where a.instance = :uid",
                        row -> row.text("name"),
                        "uid",
                        uid))
                .orElseThrow(
                        () -> new ComputeRefusal.NoConsole(instance, "it has no place on a host yet").asException());
        var line = lines.get(host);
        if (line != null) return line;
        throw new ComputeRefusal.NoConsole(instance, "its host " + host + " does not answer").asException();
    }

    private static <T> T await(Key instance, CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            var reason = e.getCause() == null ? "" : String.valueOf(e.getCause().getMessage());
            throw new ComputeRefusal.NoConsole(instance, reason).asException();
        } catch (TimeoutException e) {
            throw new Fault("the host of %s gave no answer in %d s".formatted(instance, PATIENCE.toSeconds()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("interrupted while asking the host of " + instance, e);
        }
    }
}
