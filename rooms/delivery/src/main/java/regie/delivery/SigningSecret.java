package regie.delivery;

import java.util.Base64;
import regie.kernel.Chance;

/** The key that deliveries are signed with: 256 bits of chance. It is said once, to who made it, and never written to a log. */
public final class SigningSecret {
    /** So that scanners for leaked secrets, and the libraries that verify, know one when they see it. */
    private static final String PREFIX = "whsec_";

    private static final int BYTES = 32;

    private final byte[] key;

    SigningSecret(byte[] key) {
        this.key = key.clone();
    }

    static SigningSecret random(Chance chance) {
        var bytes = new byte[BYTES];
        chance.nextBytes(bytes);
        return new SigningSecret(bytes);
    }

    /** @param text as {@link #text} gives it */
    public static SigningSecret parse(String text) {
        return new SigningSecret(
                Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text));
    }

    /** The secret itself, as its receiver's library takes it. */
    public String text() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /** For HMAC-SHA256. */
    public byte[] key() {
        return key.clone();
    }

    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
