package regie.agent.channel;

import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ByteChannel;
import java.util.List;
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
 * breaks, and to another server of the room where that one can't be reached. Nothing here waits for the room but
 * {@link #renew}, {@link #fetch} and {@link #join}.
 */
public final class RoomLink implements AutoCloseable {
    private static final Logger LOG = System.getLogger("regie.agent.link");
    private static final long KNOCK_MILLIS = 500;
    /** So often in a row it is knocked in vain at a server that neither answers nor refuses. */
    private static final int KNOCKS_MAX = 4;

    private final List<RoomAddress> rooms;
    private final Timeline timeline;
    private final RandomGenerator chance;
    private final ExecutorService threads = threads();
    private final Set<HostCall> hosts = ConcurrentHashMap.newKeySet();
    private volatile Credentials agent;
    private volatile RoomAddress room;
    private volatile ManagedChannel channel;
    private volatile boolean closed;
    private int vainKnocks;

    /**
     * @param rooms where the room's servers are, all of them equal; which one is called first is left to chance
     * @param chance spreads the calls of many hosts after a break, and agents over the servers
     */
    public RoomLink(List<RoomAddress> rooms, Credentials agent, Timeline timeline, RandomGenerator chance) {
        this.rooms = List.copyOf(rooms);
        this.timeline = timeline;
        this.chance = chance;
        this.agent = agent;
        room = this.rooms.get(chance.nextInt(this.rooms.size()));
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
    public void use(Credentials other) {
        agent = other;
        call(room).shutdown();
    }

    /** @return the connection before, which nobody uses any more */
    private synchronized ManagedChannel call(RoomAddress other) {
        var old = channel;
        room = other;
        vainKnocks = 0;
        channel = Dial.channel(other, Dial.agent(agent), threads);
        if (closed) channel.shutdownNow();
        hosts.forEach(HostCall::again);
        return old;
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

    /**
     * gRPC waits up to two minutes between its attempts to connect; a room that is back is to be found at once. Where it has other
     * servers the next one is called instead.
     */
    private void knock() {
        if (closed) return;
        var state = channel.getState(true);
        vainKnocks = state == ConnectivityState.READY ? 0 : vainKnocks + 1;
        boolean refused = state == ConnectivityState.TRANSIENT_FAILURE;
        if (rooms.size() > 1 && (refused || vainKnocks > KNOCKS_MAX)) {
            var next = rooms.get((rooms.indexOf(room) + 1) % rooms.size());
            LOG.log(Level.INFO, "the room at {0} can''t be reached; calling it at {1}", room, next);
            call(next).shutdownNow();
        } else if (refused) {
            channel.resetConnectBackoff();
        }
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
