package regie.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whose certificates are believed.
 *
 * @param authority file with PEM certificates, which then are the only ones; empty for the machine's own
 */
record Trust(Optional<Path> authority) {
    Optional<SSLSocketFactory> socketFactory() {
        return context().map(SSLContext::getSocketFactory);
    }

    Optional<SSLContext> context() {
        return authority.map(Trust::context);
    }

    private static SSLContext context(Path file) {
        try (var in = Files.newInputStream(file)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw Failure.usage("Can't read certificates from %s: %s".formatted(file, e.getMessage()));
        }
    }
}
