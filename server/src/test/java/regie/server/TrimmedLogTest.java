package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import regie.kernel.Actor;
import regie.kernel.ChangeLog;
import regie.kernel.Hints;
import regie.testing.Database;
import regie.testing.TestDatabase;

class TrimmedLogTest {
    @Test
    void watchFromBeforeTheTrimmedPartIsRefused(@Database TestDatabase database) throws IOException {
        try (var room = new TestRoom(database)) {
            var position =
                    room.operator.get("/v1/projects").json().path("position").asString();
            room.operator.put("/v1/projects/trimmed", "{\"spec\":{}}");
            new regie.kernel.Database(database.dataSource(), new Hints())
                    .change(Actor.ROOM, tx -> ChangeLog.trim(tx, Duration.ZERO));
            var refused = room.operator.get("/v1/watch?from=" + position);
            assertThat(refused.status()).isEqualTo(410);
            assertThat(refused.code()).isEqualTo("watch-too-old");
        }
    }
}
