package regie.agent.channel;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import regie.agent.contract.CertificateNames;

/** How an agent gets through to the room, and what failures mean. */
final class Dial {
    static final int ANSWER_SECONDS = 15;

    private Dial() {}

    static ManagedChannel channel(RoomAddress room, SslContext tls, Executor threads) {
        return NettyChannelBuilder.forTarget("dns:///" + room)
                .overrideAuthority(CertificateNames.ROOM)
                .sslContext(tls)
                .executor(threads)
                .maxInboundMessageSize(Wire.TO_HOST_BYTES_MAX)
                .keepAliveTime(10, TimeUnit.SECONDS)
                .keepAliveTimeout(5, TimeUnit.SECONDS)
                .keepAliveWithoutCalls(true)
                .disableRetry()
                .build();
    }

    static SslContext agent(Credentials agent) {
        try {
            return Tls.agent(agent);
        } catch (SSLException unusable) {
            throw new IllegalArgumentException("these credentials make no TLS client", unusable);
        }
    }

    static SslContext newcomer(String roomFingerprint) {
        try {
            return Tls.newcomer(roomFingerprint);
        } catch (SSLException unusable) {
            throw new IllegalStateException("this JVM makes no TLS client", unusable);
        }
    }

    interface Call<A> {
        A answer() throws StatusRuntimeException;
    }

    /** Sorts what went wrong into what another try may mend and what it won't. */
    static <A> A ask(RoomAddress room, Call<A> call) throws Denied, RoomUnreachable {
        try {
            return call.answer();
        } catch (StatusRuntimeException failed) {
            var status = failed.getStatus();
            switch (status.getCode()) {
                case PERMISSION_DENIED, UNAUTHENTICATED, INVALID_ARGUMENT ->
                    throw new Denied("the room at %s refuses: %s".formatted(room, status.getDescription()));
                default ->
                    throw new RoomUnreachable("the room at %s did not answer: %s".formatted(room, why(failed)), failed);
            }
        }
    }

    /** With the deepest reason: gRPC's own words hide a failed handshake behind "io exception". */
    static String why(Throwable failed) {
        var cause = failed.getCause();
        if (cause == null) return String.valueOf(failed.getMessage());
        while (cause.getCause() != null) cause = cause.getCause();
        return failed.getMessage() + ": " + cause.getMessage();
    }
}
