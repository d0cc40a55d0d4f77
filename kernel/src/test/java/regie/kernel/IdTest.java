package regie.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import regie.testing.Together;

class IdTest {
    @Test
    void idsMadeLaterSortLaterAlsoWithinAMillisecond() {
        var ids = new ArrayList<Id<Object>>();
        for (int at = 0; at < 100_000; at++) ids.add(Chance.SECURE.id());
        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void manyThreadsNeverGetOneIdTwice() {
        var chance = Chance.of(new SplittableRandom(1), still());
        var made = Together.run(8, _ -> {
            var mine = new ArrayList<UUID>();
            for (int at = 0; at < 2_000; at++) mine.add(chance.uuid());
            return mine;
        });
        assertThat(new HashSet<>(made.stream()
                        .flatMap(List::stream)
                        .map(UUID::getMostSignificantBits)
                        .toList()))
                .hasSize(16_000);
    }

    @Test
    void layoutIsThatOfVersionSeven() {
        var chance = Chance.of(new SplittableRandom(1), still());
        for (int at = 0; at < 10_000; at++) {
            var uuid = chance.uuid();
            assertThat(uuid.version()).isEqualTo(7);
            assertThat(uuid.variant()).isEqualTo(2);
            // 4,096 in one millisecond are enough to run on into the next one
            assertThat(uuid.getMostSignificantBits() >>> 16).isBetween(1_767_225_600_000L, 1_767_225_600_003L);
        }
        assertThat(Id.parse("019b7704-0c00-7000-8000-000000000000"))
                .isEqualTo(Id.of(UUID.fromString("019b7704-0c00-7000-8000-000000000000")));
    }

    @Test
    void databaseSortsThemAsWeDo(@regie.testing.Database DataSource source) {
        var uuids = new ArrayList<UUID>();
        for (int at = 0; at < 1_000; at++) uuids.add(Chance.SECURE.uuid());
        var sorted = new Database(source, new Hints())
                .read(tx -> tx.query(
                        "select uuid from unnest(:uuids) uuid order by uuid", row -> row.uuid("uuid"), "uuids", uuids));
        assertThat(sorted).isEqualTo(uuids);
    }

    private static Clock still() {
        return new Clock() {
            @Override
            public Instant now() {
                return Instant.parse("2026-01-01T00:00:00Z");
            }

            @Override
            public long nanos() {
                return 0;
            }
        };
    }
}
