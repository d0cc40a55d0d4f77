package regie.agent.channel;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Believes a room only if its chain holds the CA certificate of one fingerprint and is valid under it. This runs within
 * the handshake, so nothing secret is sent to a room that is not the one meant.
 */
final class PinnedRoom extends X509ExtendedTrustManager {
    private final String fingerprint;

    PinnedRoom(String fingerprint) {
        this.fingerprint = fingerprint;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        trusting(pinned(chain)).checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        trusting(pinned(chain)).checkServerTrusted(chain, authType, socket);
    }

    /** Without the engine the room's name can't be checked. */
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("the name of the room can't be checked here");
    }

    private X509Certificate pinned(X509Certificate[] chain) throws CertificateException {
        try {
            for (var certificate : chain) if (Pem.fingerprint(certificate).equals(fingerprint)) return certificate;
        } catch (GeneralSecurityException broken) {
            throw new CertificateException(broken);
        }
        throw new CertificateException("this is not the room that the join token names");
    }

    private static X509ExtendedTrustManager trusting(X509Certificate authority) throws CertificateException {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("room", authority);
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            for (var manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) return extended;
            }
            throw new CertificateException("this JVM has no PKIX trust manager");
        } catch (GeneralSecurityException | IOException broken) {
            throw new CertificateException(broken);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw noServer();
    }

    private static CertificateException noServer() {
        return new CertificateException("an agent is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
