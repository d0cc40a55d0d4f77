package regie.agent.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.ClientCalls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.agent.contract.JoinToken;

/** Who is let in, over real TLS on the loopback. */
class ChannelSecurityTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private TestRoom room;

    @BeforeEach
    void open() throws Exception {
        room = new TestRoom(new TestAuthority());
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void tokenLetsAnAgentInOnce() throws Exception {
        var keys = TestAuthority.newKeys();
        var issued = RoomLink.join(room.address(), room.token(), "par1-h01", TestAuthority.request(keys));
        var agent = new Credentials(
                keys.getPrivate(), Pem.certificate(issued.certificatePem()), Pem.certificate(issued.authorityPem()));
        assertThat(renewed(Tls.agent(agent))).isEqualTo(Status.Code.OK);
        assertThatThrownBy(() -> RoomLink.join(room.address(), room.token(), "par1-h01", TestAuthority.request(keys)))
                .isInstanceOf(Denied.class)
                .hasMessageContaining("token123 was used already");
    }

    @Test
    void agentThatPinsAnotherRoomKeepsItsTokenForItself() {
        var token = new JoinToken("token123", TestRoom.SECRET, new TestAuthority().fingerprint());
        assertThatThrownBy(() -> RoomLink.join(
                        room.address(), token, "par1-h01", TestAuthority.request(TestAuthority.newKeys())))
                .isInstanceOf(RoomUnreachable.class)
                .hasMessageContaining("not the room that the join token names");
        assertThat(room.joins).isEmpty();
    }

    @Test
    void callerWithoutCertificateMayOnlyJoin() throws Exception {
        assertThat(renewed(Tls.newcomer(room.authority.fingerprint()))).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void certificateOfAForeignAuthorityIsNone() throws Exception {
        var foreign = new TestAuthority().agent("agent-1", HOUR);
        var mixed = new Credentials(foreign.key(), foreign.certificate(), room.authority.certificate());
        assertThat(renewed(Tls.agent(mixed))).isIn(Status.Code.UNAUTHENTICATED, Status.Code.UNAVAILABLE);
        assertThat(room.heard).isEmpty();
    }

    @Test
    void endedCertificateIsRefused() throws Exception {
        var ended = room.authority.agent("agent-1", Duration.ofSeconds(-1));
        assertThat(renewed(Tls.agent(ended))).isIn(Status.Code.UNAUTHENTICATED, Status.Code.UNAVAILABLE);
        assertThat(room.heard).isEmpty();
    }

    @Test
    void roomsCertificateIsNoAgents() throws Exception {
        assertThat(renewed(Tls.agent(room.authority.room())))
                .isIn(Status.Code.UNAUTHENTICATED, Status.Code.UNAVAILABLE);
        assertThat(room.heard).isEmpty();
    }

    @Test
    void agentIsNoRoom() throws Exception {
        var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var impostor = AgentDoor.start(loopback, room.authority.agent("agent-1", HOUR), room)) {
            var address = new RoomAddress("127.0.0.1", impostor.port());
            assertThatThrownBy(() -> RoomLink.join(
                            address, room.token(), "par1-h01", TestAuthority.request(TestAuthority.newKeys())))
                    .isInstanceOf(RoomUnreachable.class);
        }
        assertThat(room.joins).isEmpty();
    }

    @Test
    void revokedAgentIsRefusedAtItsNextCall() throws Exception {
        var agent = Tls.agent(room.authority.agent("agent-1", HOUR));
        assertThat(renewed(agent)).isEqualTo(Status.Code.OK);
        room.revoked.add("agent-1");
        assertThat(renewed(agent)).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void olderTlsIsRefused() throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new PinnedRoom(room.authority.fingerprint())}, null);
        var address = room.address();
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket(address.host(), address.port())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    /** How the room answers a call that needs a certificate. */
    private Status.Code renewed(SslContext tls) throws Exception {
        var channel = Dial.channel(room.address(), tls, Runnable::run);
        try {
            var request = new Methods.RenewRequest(TestAuthority.request(TestAuthority.newKeys()));
            var soon = CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS);
            ClientCalls.blockingUnaryCall(channel, Methods.RENEW, soon, request);
            return Status.Code.OK;
        } catch (StatusRuntimeException refused) {
            return refused.getStatus().getCode();
        } finally {
            channel.shutdownNow();
        }
    }
}
