package regie.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import regie.lab.Command;

/**
 * A certificate for this machine that vouches for itself, so that a room is measured behind TLS as it is run.
 *
 * @param file the certificate, as PEM
 * @param key its key, as PEM
 * @param trusting what a client trusts it with
 */
record BenchCertificate(Path file, Path key, SSLContext trusting) {
    private static final String ALIAS = "room";
    /** Of a file that is gone with the run. */
    private static final String PASSWORD = "only-for-this-run";

    private static final int LINE = 64;

    static BenchCertificate make(Bench bench) throws IOException {
        var file = bench.file("room.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Command.run(
                60,
                List.of(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD));
        try (var in = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            var certificate = store.getCertificate(ALIAS);
            var key = store.getKey(ALIAS, PASSWORD.toCharArray());
            return new BenchCertificate(
                    pem(bench.file("room.crt"), "CERTIFICATE", certificate.getEncoded()),
                    pem(bench.file("room.key"), "PRIVATE KEY", key.getEncoded()),
                    trusting(certificate));
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate of this run can't be read: " + e.getMessage(), e);
        }
    }

    private static Path pem(Path file, String what, byte[] content) throws IOException {
        var text = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(file, "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(what, text));
    }

    private static SSLContext trusting(java.security.cert.Certificate certificate)
            throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, certificate);
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        var context = SSLContext.getInstance("TLSv1.3");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
