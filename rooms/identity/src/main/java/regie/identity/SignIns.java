package regie.identity;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import regie.kernel.Clock;
import regie.kernel.Hints;

/**
 * Tokens that were read a moment ago, so that not each request reads its own again. A revocation forgets all before it is
 * answered, hints have the other servers do the same, and where a hint is lost, nothing counts for longer than a second.
 */
final class SignIns {
    /** Raised in each transaction that revokes. */
    static final String TOPIC = "revoked";

    private static final Duration GOOD_FOR = Duration.ofSeconds(1);
    private static final int MOST = 10_000;

    private final Clock clock;
    private final Map<Shown, Read> known = new ConcurrentHashMap<>();
    private long revocations;

    SignIns(Hints hints, Clock clock) {
        this.clock = clock;
        hints.on(TOPIC, this::forget);
    }

    private record Read(Token token, long atNanos) {}

    /** SHA-256 of a secret. */
    static final class Shown {
        private final byte[] sha256;

        Shown(Secret secret) {
            this.sha256 = secret.sha256();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Shown shown && Arrays.equals(sha256, shown.sha256);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(sha256);
        }
    }

    Optional<Token> find(Shown secret) {
        return Optional.ofNullable(known.get(secret))
                .filter(read -> clock.nanos() - read.atNanos() < GOOD_FOR.toNanos())
                .map(Read::token);
    }

    /** To be asked before a token is read, for {@link #keep}. */
    synchronized long revocations() {
        return revocations;
    }

    /** @param before what was revoked before it was read: what was revoked since may be this one */
    synchronized void keep(Shown secret, Token token, long before) {
        if (revocations != before) return;
        if (known.size() >= MOST) known.clear();
        known.put(secret, new Read(token, clock.nanos()));
    }

    private synchronized void forget() {
        revocations++;
        known.clear();
    }
}
