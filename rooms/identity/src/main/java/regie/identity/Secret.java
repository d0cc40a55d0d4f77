package regie.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import regie.kernel.Chance;
import regie.kernel.Check;

/** What a token's holder shows: 256 bits of chance. It is said once, to who made it, and never written to a log. */
public final class Secret {
    /** So that scanners for leaked secrets know one when they see it. */
    private static final String PREFIX = "regie_";

    private static final int BYTES = 32;

    private final String text;

    Secret(String text) {
        this.text = text;
    }

    static Secret random(Chance chance) {
        var bytes = new byte[BYTES];
        chance.nextBytes(bytes);
        return new Secret(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The secret itself. */
    public String text() {
        return text;
    }

    byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw Check.failed("every Java has SHA-256");
        }
    }

    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
