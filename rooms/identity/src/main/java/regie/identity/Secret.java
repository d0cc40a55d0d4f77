package regie.identity;

import java.util.Base64;
import regie.kernel.Chance;
import regie.kernel.Sha256;

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
        return Sha256.of(text);
    }

    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
