package regie.agent.channel;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS between agents. An agent's certificate is made for a caller; here it stands at both ends, so what is checked is what counts:
 * the room's CA signed it itself, it is valid now, and it names an agent, where that is known the one meant.
 */
final class AgentTls {
    private static final char[] NO_PASSWORD = new char[0];

    private AgentTls() {}

    /** @param agent name that the other end must show; empty for any agent of the room */
    static SSLContext context(Credentials own, String agent) throws IOException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", own.key(), NO_PASSWORD, new X509Certificate[] {own.certificate()});
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, NO_PASSWORD);
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), new TrustManager[] {new AgentsOnly(own.authority(), agent)}, null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("these credentials make no TLS connection", unusable);
        }
    }

    /** The agent that {@code certificate} names; empty text where it names none. */
    static String name(X509Certificate certificate) {
        return Peer.of(certificate).map(Peer::agent).orElse("");
    }

    private static final class AgentsOnly extends X509ExtendedTrustManager {
        private final X509Certificate authority;
        private final String agent;

        AgentsOnly(X509Certificate authority, String agent) {
            this.authority = authority;
            this.agent = agent;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            try {
                chain[0].verify(authority.getPublicKey());
            } catch (GeneralSecurityException foreign) {
                throw new CertificateException("the room's CA did not issue it", foreign);
            }
            chain[0].checkValidity();
            var name = name(chain[0]);
            if (name.isEmpty()) throw new CertificateException("it is no agent's");
            if (!agent.isEmpty() && !agent.equals(name)) {
                throw new CertificateException("it is the one of agent %s and not of %s".formatted(name, agent));
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
