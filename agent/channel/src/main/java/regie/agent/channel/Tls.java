package regie.agent.channel;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLException;

/** TLS 1.3 and nothing older, by the JDK's own implementation: it needs no native library of another's making. */
final class Tls {
    private Tls() {}

    /** The client's certificate is wanted here and demanded call by call: a newcomer that joins has none yet. */
    static SslContext door(Credentials room) throws SSLException {
        return built(SslContextBuilder.forServer(room.key(), room.certificate(), room.authority())
                .trustManager(room.authority())
                .clientAuth(ClientAuth.OPTIONAL));
    }

    static SslContext agent(Credentials agent) throws SSLException {
        return built(SslContextBuilder.forClient()
                .keyManager(agent.key(), agent.certificate(), agent.authority())
                .trustManager(agent.authority()));
    }

    static SslContext newcomer(String roomFingerprint) throws SSLException {
        return built(SslContextBuilder.forClient().trustManager(new PinnedRoom(roomFingerprint)));
    }

    private static SslContext built(SslContextBuilder builder) throws SSLException {
        return GrpcSslContexts.configure(builder, SslProvider.JDK)
                .protocols("TLSv1.3")
                .build();
    }
}
