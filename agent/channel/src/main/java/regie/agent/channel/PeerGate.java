package regie.agent.channel;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Lets nobody without a valid agent certificate of the room's CA call anything but {@code Join}. Asked at every call and
 * not only at the handshake: a certificate may end or be revoked while its connection stands.
 */
final class PeerGate implements ServerInterceptor {
    private static final Context.Key<Peer> PEER = Context.key("peer");

    private final RoomSide room;

    PeerGate(RoomSide room) {
        this.room = room;
    }

    /** Who makes the call under way; for every method but {@code Join}. */
    static Peer peer() {
        var peer = PEER.get();
        if (peer == null) throw new IllegalStateException("no peer: the call did not pass the gate");
        return peer;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (call.getMethodDescriptor().equals(Methods.JOIN)) return next.startCall(call, headers);
        try {
            var peer = certificate(call).flatMap(Peer::of);
            if (peer.isEmpty())
                return refuse(call, Status.UNAUTHENTICATED.withDescription("needs an agent's certificate"));
            room.admit(peer.get());
            return Contexts.interceptCall(Context.current().withValue(PEER, peer.get()), call, headers, next);
        } catch (CertificateException expired) {
            return refuse(call, Status.UNAUTHENTICATED.withDescription("the certificate is not valid now"));
        } catch (Denied denied) {
            return refuse(call, Status.PERMISSION_DENIED.withDescription(denied.getMessage()));
        }
    }

    /** The handshake has checked that the room's CA issued it. */
    private static Optional<X509Certificate> certificate(ServerCall<?, ?> call) throws CertificateException {
        var session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null) return Optional.empty();
        try {
            if (session.getPeerCertificates()[0] instanceof X509Certificate certificate) {
                certificate.checkValidity();
                return Optional.of(certificate);
            }
            return Optional.empty();
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    private static <Q, A> ServerCall.Listener<Q> refuse(ServerCall<Q, A> call, Status why) {
        call.close(why, new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
