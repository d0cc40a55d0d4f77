package regie.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import regie.kernel.Fault;

/** Certificate and key out of PEM files. */
final class Tls {
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    private Tls() {}

    /** Empty where the settings name no certificate. */
    static Optional<SSLContext> context(Settings.OfApi api) {
        if (api.certificateFile().isEmpty() || api.keyFile().isEmpty()) return Optional.empty();
        var certificateFile = Path.of(api.certificateFile().get());
        var keyFile = Path.of(api.keyFile().get());
        try {
            var chain = chain(certificateFile);
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("room", key(keyFile), new char[0], chain.toArray(Certificate[]::new));
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), null, null);
            return Optional.of(context);
        } catch (IOException | GeneralSecurityException e) {
            throw new Fault(
                    "can't use the certificate %s with the key %s: %s".formatted(certificateFile, keyFile, e), e);
        }
    }

    /** For calls to others, whose certificates have to come from the authorities in {@code file}. */
    static SSLSocketFactory trusting(Path file) {
        try {
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities(file));
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            throw new Fault("can't use the authorities in %s: %s".formatted(file, e), e);
        }
    }

    private static KeyStore authorities(Path file) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        var certificates = chain(file);
        for (int at = 0; at < certificates.size(); at++)
            store.setCertificateEntry("authority-" + at, certificates.get(at));
        if (certificates.isEmpty()) throw new GeneralSecurityException("it holds no certificate");
        return store;
    }

    private static List<Certificate> chain(Path file) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file)) {
            return List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
        }
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        var base64 = Files.readString(file)
                .replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "")
                .replaceAll("\\s", "");
        try {
            var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
            for (var algorithm : ALGORITHMS) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(spec);
                } catch (InvalidKeySpecException e) {
                    // of another sort; the last word is below
                }
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidKeySpecException("it is no PEM file with one PRIVATE KEY", e);
        }
        throw new InvalidKeySpecException("it is none of " + ALGORITHMS);
    }
}
