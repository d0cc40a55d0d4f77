package regie.graphql;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import regie.kernel.Sha256;

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
        if (!Sha256.hex(text).equals(hash)) return false;
        byHash.put(hash, text);
        return true;
    }
}
