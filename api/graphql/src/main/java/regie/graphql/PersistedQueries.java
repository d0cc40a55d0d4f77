package regie.graphql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import regie.kernel.Check;

/**
 * Queries by their SHA-256, as clients of "automatic persisted queries" ask for them: first with the hash alone, and where the
 * server does not know it once more with the text. The newest are kept, in memory: a client that is told so sends the text again.
 */
final class PersistedQueries {
    private static final int KEPT_MAX = 1_000;

    private final Map<String, String> byHash = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > KEPT_MAX;
        }
    };

    synchronized Optional<String> find(String hash) {
        return Optional.ofNullable(byHash.get(hash));
    }

    /** @return false where the hash is not that of the text */
    synchronized boolean keep(String hash, String text) {
        if (!hash(text).equals(hash)) return false;
        byHash.put(hash, text);
        return true;
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw Check.failed("every JVM has SHA-256: " + e);
        }
    }
}
