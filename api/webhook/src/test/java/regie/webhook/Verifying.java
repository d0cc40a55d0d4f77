package regie.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/** Verifies as a receiver does, by RFC 2104 written out: it shares nothing with what signs. */
final class Verifying {
    private static final int BLOCK = 64;

    private Verifying() {}

    static boolean isSigned(String secret, String id, String timestamp, String header, byte[] body) throws Exception {
        var key = Base64.getDecoder().decode(secret.replace("whsec_", ""));
        var message = new ByteArrayOutputStream();
        message.write((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
        message.write(body);
        var wanted = "v1," + Base64.getEncoder().encodeToString(hmac(key, message.toByteArray()));
        return Arrays.asList(header.split(" ")).contains(wanted);
    }

    private static byte[] hmac(byte[] key, byte[] message) throws Exception {
        var inner = padded(key, 0x36);
        var outer = padded(key, 0x5c);
        return sha256(outer, sha256(inner, message));
    }

    private static byte[] padded(byte[] key, int pad) {
        var block = Arrays.copyOf(key, BLOCK);
        for (int at = 0; at < BLOCK; at++) block[at] = (byte) (block[at] ^ pad);
        return block;
    }

    private static byte[] sha256(byte[] first, byte[] second) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        digest.update(first);
        return digest.digest(second);
    }
}
