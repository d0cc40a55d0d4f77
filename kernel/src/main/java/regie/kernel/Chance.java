package regie.kernel;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Randomness, injected so that one seed reproduces a run. {@link #SECURE} is the one for production and for every secret. */
public interface Chance {
    Chance SECURE = of(new SecureRandom(), Clock.SYSTEM);

    long nextLong();

    void nextBytes(byte[] bytes);

    /**
     * UUID version 7 (RFC 9562, 5.7): 48 bits of milliseconds, 12 that begin by chance and count on within a millisecond (6.2,
     * method 1), then 62 bits of chance. Each sorts behind the one before.
     */
    UUID uuid();

    default <T> Id<T> id() {
        return new Id<>(uuid());
    }

    static Chance of(RandomGenerator source, Clock clock) {
        var newest = new AtomicLong();
        return new Chance() {
            @Override
            public long nextLong() {
                return source.nextLong();
            }

            @Override
            public void nextBytes(byte[] bytes) {
                source.nextBytes(bytes);
            }

            @Override
            public UUID uuid() {
                long drawn = (clock.now().toEpochMilli() << 12) | (source.nextLong() & 0x07FF);
                long next = newest.updateAndGet(last -> Math.max(last + 1, drawn));
                long high = (next >>> 12 << 16) | 0x7000 | (next & 0x0FFF);
                long low = (source.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
                return new UUID(high, low);
            }
        };
    }
}
