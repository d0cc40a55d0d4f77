package regie.agent.channel;

import java.io.StringReader;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import regie.agent.contract.CertificateNames;

/** A certificate authority in memory, for tests of both ends. */
public final class TestAuthority {
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final KeyPair keys = newKeys();
    private final X509Certificate certificate;

    public TestAuthority() {
        certificate = sign(
                "ca",
                keys.getPublic(),
                Duration.ofDays(1),
                builder -> builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0)));
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public String fingerprint() {
        try {
            return Pem.fingerprint(certificate);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    public Credentials room() {
        var own = newKeys();
        var issued = sign(
                "room",
                own.getPublic(),
                Duration.ofHours(1),
                builder -> builder.addExtension(
                                Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                        .addExtension(
                                Extension.subjectAlternativeName,
                                false,
                                new GeneralNames(new GeneralName(GeneralName.dNSName, CertificateNames.ROOM))));
        return new Credentials(own.getPrivate(), issued, certificate);
    }

    /** @param life negative for one that has ended */
    public Credentials agent(String name, Duration life) {
        var own = newKeys();
        return new Credentials(own.getPrivate(), agent(name, own.getPublic(), life), certificate);
    }

    public Issued issue(String name, String requestPem, Duration life) {
        try (var parser = new PEMParser(new StringReader(requestPem))) {
            var request = new JcaPKCS10CertificationRequest((PKCS10CertificationRequest) parser.readObject());
            return new Issued(Pem.of(agent(name, request.getPublicKey(), life)), Pem.of(certificate));
        } catch (Exception broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    public static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    public static String request(KeyPair keys) {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            var request = new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=agent"), keys.getPublic());
            return Pem.block("CERTIFICATE REQUEST", request.build(signer).getEncoded());
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    private X509Certificate agent(String name, PublicKey key, Duration life) {
        return sign(
                name,
                key,
                life,
                builder -> builder.addExtension(
                                Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
                        .addExtension(
                                Extension.subjectAlternativeName,
                                false,
                                new GeneralNames(new GeneralName(
                                        GeneralName.uniformResourceIdentifier, CertificateNames.uri(name)))));
    }

    private interface Extensions {
        void on(JcaX509v3CertificateBuilder builder) throws Exception;
    }

    private X509Certificate sign(String name, PublicKey key, Duration life, Extensions extensions) {
        try {
            var now = Instant.now();
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Principal("CN=ca"),
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(now.minus(Duration.ofDays(1))),
                    Date.from(now.plus(life)),
                    new X500Principal("CN=" + name),
                    key);
            extensions.on(builder);
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }
}
