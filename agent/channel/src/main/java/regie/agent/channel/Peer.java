package regie.agent.channel;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import regie.agent.contract.CertificateNames;

/**
 * The agent at the other end, as its certificate names it.
 *
 * @param serial of its certificate, lower-case hexadecimal digits
 */
public record Peer(String agent, String serial) {
    private static final int URI = 6; // RFC 5280, GeneralName

    /** Empty where the certificate is no agent's. */
    static Optional<Peer> of(X509Certificate certificate) {
        try {
            Collection<List<?>> names = Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.of());
            return names.stream()
                    .filter(name -> Integer.valueOf(URI).equals(name.get(0)))
                    .flatMap(name -> CertificateNames.agent(String.valueOf(name.get(1))).stream())
                    .findFirst()
                    .map(agent -> new Peer(agent, certificate.getSerialNumber().toString(16)));
        } catch (CertificateParsingException malformed) {
            return Optional.empty();
        }
    }
}
