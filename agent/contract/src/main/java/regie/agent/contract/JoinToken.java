package regie.agent.contract;

import java.util.regex.Pattern;

/**
 * What a new agent shows to be let in, once. It also names the control room, so that the agent knows whom it speaks to
 * before it says the secret.
 *
 * @param id names the token openly: in lists, logs and refusals
 * @param secret 256 bits; the control room keeps nothing but its hash
 * @param roomFingerprint sha256 of the room's CA certificate (its DER form), 64 lower-case hexadecimal digits
 */
public record JoinToken(String id, String secret, String roomFingerprint) {
    private static final Pattern FORM =
            Pattern.compile("regie-join\\.([a-z0-9]{8,16})\\.([A-Za-z0-9_-]{43})\\.([0-9a-f]{64})");

    /** @throws IllegalArgumentException where {@code text} is no join token; the message does not repeat it */
    public static JoinToken parse(String text) {
        var parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a join token: expected regie-join.ID.SECRET.FINGERPRINT");
        }
        return new JoinToken(parts.group(1), parts.group(2), parts.group(3));
    }

    /** The token as it is handed over; whoever reads this can join. */
    public String text() {
        return "regie-join.%s.%s.%s".formatted(id, secret, roomFingerprint);
    }

    /** Without the secret, for logs and failing tests. */
    @Override
    public String toString() {
        return "regie-join.%s.***.%s".formatted(id, roomFingerprint);
    }
}
