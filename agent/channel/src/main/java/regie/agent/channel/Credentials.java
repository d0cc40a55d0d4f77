package regie.agent.channel;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * What one end shows of itself and whom it believes.
 *
 * @param certificate of this end, for {@code key}
 * @param authority the room's CA, which issued both ends' certificates
 */
public record Credentials(PrivateKey key, X509Certificate certificate, X509Certificate authority) {

    /** Without the key. */
    @Override
    public String toString() {
        return "Credentials[%s]".formatted(certificate.getSubjectX500Principal());
    }
}
