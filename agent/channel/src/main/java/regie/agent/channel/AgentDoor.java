package regie.agent.channel;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The room's end of the channel: a port of its own, for agents only. */
public final class AgentDoor implements AutoCloseable {
    private static final int SECONDS_TO_CLOSE = 5;

    private final Server server;
    private final ExecutorService threads;

    private AgentDoor(Server server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * @param address port 0 takes a free one, see {@link #port}
     * @param room credentials whose certificate names {@link regie.agent.contract.CertificateNames#ROOM}
     * @throws IOException where the port is taken or the credentials make no TLS server
     */
    public static AgentDoor start(InetSocketAddress address, Credentials room, RoomSide side) throws IOException {
        var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("agent-door-", 0).factory());
        var server = NettyServerBuilder.forAddress(address)
                .sslContext(Tls.door(room))
                .executor(threads)
                .intercept(new PeerGate(side))
                .addService(new DoorService(side).definition())
                .maxInboundMessageSize(Wire.TO_ROOM_BYTES_MAX)
                // A dead peer, which sends no end of connection, is noticed within 15 s.
                .keepAliveTime(10, TimeUnit.SECONDS)
                .keepAliveTimeout(5, TimeUnit.SECONDS)
                .permitKeepAliveTime(5, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .build();
        return new AgentDoor(server.start(), threads);
    }

    public int port() {
        return server.getPort();
    }

    /** Ends all calls. Hosts run on and come again when there is a door. */
    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(SECONDS_TO_CLOSE, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        threads.shutdown();
    }
}
