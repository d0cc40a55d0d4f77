package regie.kernel;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Randomness, injected so that one seed reproduces a run. {@link #SECURE} is the one for production and for every secret. */
public interface Chance {
    Chance SECURE = of(new SecureRandom(), Clock.SYSTEM);

    long nextLong();

    void nextBytes(byte[] bytes);

    /** UUID version 7 (RFC 9562, 5.7): 48 bits of milliseconds, then chance. */
    UUID uuid();

    default <T> Id<T> id() {
        return new Id<>(uuid());
    }

    static Chance of(RandomGenerator source, Clock clock) {
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
                long high = (clock.now().toEpochMilli() << 16) | 0x7000 | (source.nextLong() & 0x0FFF);
                long low = (source.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
                return new UUID(high, low);
            }
        };
    }
}
