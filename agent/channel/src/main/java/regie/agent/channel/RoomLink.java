package regie.agent.channel;

import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import java.io.InputStream;
import java.nio.channels.ByteChannel;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import regie.agent.channel.Methods.FetchRequest;
import regie.agent.channel.Methods.RenewRequest;
import regie.agent.contract.JoinToken;
import regie.agent.contract.Timeline;

/**
 * An agent's end of the channel: one connection for all the hosts that the process attends for, made anew whenever it
 * breaks. Nothing here waits for the room but {@link #renew}, {@link #fetch} and {@link #join}.
 */
public final class RoomLink implements AutoCloseable {
    private static final long KNOCK_MILLIS = 500;

    private final RoomAddress room;
    private final Timeline timeline;
    private final RandomGenerator chance;
    private final ExecutorService threads = threads();
    private final Set<HostCall> hosts = ConcurrentHashMap.newKeySet();
    private volatile ManagedChannel channel;
    private volatile boolean closed;

    /** @param chance spreads the calls of many hosts after a break */
    public RoomLink(RoomAddress room, Credentials agent, Timeline timeline, RandomGenerator chance) {
        this.room = room;
        this.timeline = timeline;
        this.chance = chance;
        channel = Dial.channel(room, Dial.agent(agent), threads);
        knock();
    }

    /**
     * Joins the room: shows the token, once it is sure that this is the room the token names, and takes the certificate.
     *
     * @param servers the server or range of servers to stand for
     * @param requestPem certificate signing request for the agent's own key
     */
    public static Issued join(RoomAddress room, JoinToken token, String servers, String requestPem)
            throws Denied, RoomUnreachable {
        var request = new JoinRequest(token.id(), token.secret(), servers, requestPem);
        try (var threads = threads()) {
            var channel = Dial.channel(room, Dial.newcomer(token.roomFingerprint()), threads);
            try {
                return Dial.ask(
                        room, () -> ClientCalls.blockingUnaryCall(channel, Methods.JOIN, answerSoon(), request));
            } finally {
                channel.shutdownNow();
            }
        }
    }

    /** Begins to attend for {@code host} and goes on until the line is closed, whatever breaks. */
    public RoomLine attend(HostSide host) {
        var call = new HostCall(this, host);
        hosts.add(call);
        call.begin();
        return call;
    }

    /** A certificate for another key; to be used by {@link #use}. */
    public Issued renew(String requestPem) throws Denied, RoomUnreachable {
        var request = new RenewRequest(requestPem);
        return Dial.ask(room, () -> ClientCalls.blockingUnaryCall(channel, Methods.RENEW, answerSoon(), request));
    }

    /** Speaks by {@code agent} from now on: a new connection takes over from the old one. */
    public void use(Credentials agent) {
        var old = channel;
        channel = Dial.channel(room, Dial.agent(agent), threads);
        if (closed) channel.shutdownNow();
        hosts.forEach(HostCall::again);
        old.shutdown();
    }

    /**
     * The bytes of an artifact from {@code offset} on, as they arrive. Reading fails by {@link java.io.IOException} where
     * the room refuses or the connection breaks; what was read by then is good and need not be fetched again.
     */
    public InputStream fetch(String sha256, long offset) {
        return FetchStream.open(channel, new FetchRequest(sha256, offset));
    }

    /** Brings the console of {@code session} to the room. */
    public ByteChannel console(UUID session) {
        return HostConsole.open(channel, session);
    }

    @Override
    public void close() {
        closed = true;
        hosts.forEach(HostCall::close);
        channel.shutdown();
        try {
            if (!channel.awaitTermination(1, TimeUnit.SECONDS)) channel.shutdownNow();
        } catch (InterruptedException interrupted) {
            channel.shutdownNow();
            Thread.currentThread().interrupt();
        }
        threads.shutdown();
    }

    ManagedChannel channel() {
        return channel;
    }

    void forget(HostCall host) {
        hosts.remove(host);
    }

    /** Runs {@code action} after a time between half and all of {@code millis}. */
    Timeline.Pending later(long millis, Runnable action) {
        return timeline.after(millis / 2 + chance.nextLong(millis / 2 + 1), action);
    }

    /** gRPC waits up to two minutes between its attempts to connect; a room that is back is to be found at once. */
    private void knock() {
        if (closed) return;
        if (channel.getState(true) == ConnectivityState.TRANSIENT_FAILURE) channel.resetConnectBackoff();
        later(2 * KNOCK_MILLIS, this::knock);
    }

    private static CallOptions answerSoon() {
        return CallOptions.DEFAULT.withDeadlineAfter(Dial.ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    private static ExecutorService threads() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("room-link-", 0).factory());
    }
}
