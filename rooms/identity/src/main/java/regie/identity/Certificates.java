package regie.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import regie.kernel.Fault;

/** How certificates are written and read; knows no clock, no chance and no database. All keys are EC P-256. */
final class Certificates {
    /** Clocks of agents differ from ours. */
    private static final Duration DATED_BACK = Duration.ofMinutes(5);

    private static final Pattern REQUEST = Pattern.compile(
            "-----BEGIN CERTIFICATE REQUEST-----([A-Za-z0-9+/=\\s]{1,8000})-----END CERTIFICATE REQUEST-----\\s*");

    private static final int P256_BITS = 256;

    private Certificates() {}

    /** @param names general names of the subject; {@code usage} empty makes a CA */
    record Wanted(
            String subject,
            PublicKey key,
            BigInteger serial,
            Instant begin,
            Duration life,
            List<GeneralName> names,
            Optional<KeyPurposeId> usage) {}

    static X509Certificate sign(Wanted wanted, String issuer, PrivateKey issuerKey) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Principal(issuer),
                    wanted.serial(),
                    Date.from(wanted.begin().minus(DATED_BACK)),
                    Date.from(wanted.begin().plus(wanted.life())),
                    new X500Principal(wanted.subject()),
                    wanted.key());
            var isAuthority = wanted.usage().isEmpty();
            builder.addExtension(
                    Extension.basicConstraints,
                    true,
                    isAuthority ? new BasicConstraints(0) : new BasicConstraints(false));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(isAuthority ? KeyUsage.keyCertSign : KeyUsage.digitalSignature));
            if (wanted.usage().isPresent()) {
                builder.addExtension(
                        Extension.extendedKeyUsage,
                        true,
                        new ExtendedKeyUsage(wanted.usage().get()));
                var names = wanted.names().toArray(new GeneralName[0]);
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException | IOException | GeneralSecurityException e) {
            throw new Fault("this JVM signs no certificates", e);
        }
    }

    /**
     * The key that a signing request asks a certificate for; empty where the text is no request, is not signed by that key,
     * or the key is none of EC P-256.
     */
    static Optional<PublicKey> requested(String requestPem) {
        var block = REQUEST.matcher(requestPem);
        if (!block.matches()) return Optional.empty();
        try {
            var request =
                    new JcaPKCS10CertificationRequest(Base64.getMimeDecoder().decode(block.group(1)));
            var key = request.getPublicKey();
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) return Optional.empty();
            return Optional.of(key).filter(Certificates::isP256);
        } catch (IOException
                | GeneralSecurityException
                | OperatorCreationException
                | PKCSException
                | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isP256(PublicKey key) {
        return key instanceof ECPublicKey ec
                && ec.getParams().getCurve().getField().getFieldSize() == P256_BITS;
    }

    static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new Fault("this JVM makes no EC keys", e);
        }
    }

    static X509Certificate read(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    static String pem(X509Certificate certificate) {
        try {
            var base64 = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n".formatted(base64);
        } catch (GeneralSecurityException e) {
            throw new Fault("a certificate that has no encoding", e);
        }
    }
}
