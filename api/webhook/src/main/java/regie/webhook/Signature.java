package regie.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import regie.delivery.SigningSecret;
import regie.kernel.Check;

/** The header {@code webhook-signature}: HMAC-SHA256 over id, time and body, once with each secret. */
final class Signature {
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /** @param seconds since 1970, of the attempt: a receiver takes nothing old */
    static String of(List<SigningSecret> secrets, String message, long seconds, byte[] body) {
        Check.that(!secrets.isEmpty() && message.indexOf('.') < 0, "signed, and an id without a full stop");
        var head = "%s.%d.".formatted(message, seconds).getBytes(UTF_8);
        return secrets.stream().map(secret -> signed(secret, head, body)).collect(Collectors.joining(" "));
    }

    private static String signed(SigningSecret secret, byte[] head, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.key(), ALGORITHM));
            mac.update(head);
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw Check.failed("every Java has " + ALGORITHM);
        }
    }
}
