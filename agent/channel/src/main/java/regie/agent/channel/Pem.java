package regie.agent.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Certificates and keys as text, see RFC 7468. */
public final class Pem {
    private Pem() {}

    public static String of(X509Certificate certificate) {
        try {
            return block("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException broken) {
            throw new IllegalArgumentException("a certificate that has no encoding", broken);
        }
    }

    /** In the form PKCS#8. */
    public static String of(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    /** @param type as {@code CERTIFICATE REQUEST} */
    public static String block(String type, byte[] der) {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, base64);
    }

    /**
     * The bytes of the first block of {@code type} in {@code text}.
     *
     * @throws GeneralSecurityException where there is none
     */
    public static byte[] der(String type, String text) throws GeneralSecurityException {
        var block = Pattern.compile("-----BEGIN " + type + "-----([A-Za-z0-9+/=\\s]*)-----END " + type + "-----")
                .matcher(text);
        if (!block.find()) throw new GeneralSecurityException("there is no block " + type);
        return Base64.getMimeDecoder().decode(block.group(1).getBytes(US_ASCII));
    }

    public static X509Certificate certificate(String text) throws GeneralSecurityException {
        var parsed = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der("CERTIFICATE", text)));
        if (parsed instanceof X509Certificate certificate) return certificate;
        throw new CertificateException("not an X.509 certificate");
    }

    /** An elliptic curve key, as all of ours are. */
    public static PrivateKey privateKey(String text) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der("PRIVATE KEY", text)));
    }

    /** sha256 of the certificate's DER form, 64 lower-case hexadecimal digits. */
    public static String fingerprint(X509Certificate certificate) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }
}
