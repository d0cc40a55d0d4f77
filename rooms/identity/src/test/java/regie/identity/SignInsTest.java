package regie.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import regie.kernel.Clock;
import regie.kernel.Hints;

class SignInsTest {
    private static final Token TOKEN = new Token(
            new UUID(0, 1),
            "operator",
            Role.OPERATOR,
            Optional.empty(),
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty());

    private final Hints hints = new Hints();
    private long nanos;

    private final SignIns signIns = new SignIns(hints, new Clock() {
        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long nanos() {
            return nanos;
        }
    });

    private static SignIns.Shown shown(String secret) {
        return new SignIns.Shown(new Secret(secret));
    }

    @Test
    void whatWasReadAMomentAgoCountsForASecond() {
        signIns.keep(shown("a"), TOKEN, signIns.revocations());
        assertThat(signIns.find(shown("a"))).contains(TOKEN);
        assertThat(signIns.find(shown("b"))).isEmpty();
        nanos = 1_000_000_000L;
        assertThat(signIns.find(shown("a"))).isEmpty();
    }

    @Test
    void aRevocationForgetsAtOnce() {
        signIns.keep(shown("a"), TOKEN, signIns.revocations());
        hints.raise(SignIns.TOPIC);
        assertThat(signIns.find(shown("a"))).isEmpty();
    }

    @Test
    void whatWasReadBeforeARevocationIsNotKeptAfterIt() {
        long before = signIns.revocations();
        hints.raise(SignIns.TOPIC);
        signIns.keep(shown("a"), TOKEN, before);
        assertThat(signIns.find(shown("a"))).isEmpty();
    }
}
