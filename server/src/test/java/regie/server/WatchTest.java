package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import regie.identity.ProjectSpec;
import regie.identity.Projects;
import regie.kernel.Actor;
import regie.kernel.Chance;
import regie.kernel.Draft;
import regie.kernel.Hints;
import regie.kernel.Resources;
import regie.testing.Database;
import regie.testing.TestDatabase;

/** A watcher gets every change that he may see, once and in order, however it came about. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchTest {
    private final TestDatabase database;
    private final TestRoom room;
    private final Asking operator;

    WatchTest(@Database TestDatabase database) throws IOException {
        this.database = database;
        room = new TestRoom(database);
        operator = room.operator;
    }

    @AfterAll
    void close() {
        room.close();
    }

    @Test
    void changeThatCommitsLateIsNotSkipped() throws Exception {
        var from = operator.get("/v1/projects").json().path("position").asString();
        var written = new CountDownLatch(1);
        var commit = new CountDownLatch(1);
        try (var watching = new Watching(operator, "?kind=Project&from=" + from)) {
            // Its revision is given out first, and it commits last.
            var late = CompletableFuture.runAsync(
                    () -> create("late", written, commit), Executors.newVirtualThreadPerTaskExecutor());
            written.await();
            assertThat(operator.put("/v1/projects/early", "{\"spec\":{}}").status())
                    .isEqualTo(201);
            assertThat(watching.isSilent(1_500))
                    .as("what might still come before it is waited for")
                    .isTrue();
            commit.countDown();
            late.join();
            assertThat(List.of(watching.next().name(), watching.next().name()))
                    .containsExactlyInAnyOrder("late", "early");
        }
        long lateRevision =
                operator.get("/v1/projects/late").json().path("revision").asLong();
        long earlyRevision =
                operator.get("/v1/projects/early").json().path("revision").asLong();
        assertThat(lateRevision).isLessThan(earlyRevision);
    }

    private void create(String name, CountDownLatch written, CountDownLatch commit) {
        var direct = new regie.kernel.Database(database.dataSource(), new Hints());
        var resources = new Resources(Rooms.kinds());
        direct.change(new Actor("test"), tx -> {
            var spec = new ProjectSpec(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
            var key = Projects.KIND.key("", name);
            resources.create(
                    tx,
                    Projects.KIND,
                    List.of(new Draft<>(Chance.SECURE.uuid(), key, Optional.empty(), Map.of(), spec)));
            written.countDown();
            try {
                commit.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void goesOnFromAnyPosition() throws Exception {
        var from = operator.get("/v1/projects").json().path("position").asString();
        for (int i = 1; i <= 6; i++) operator.put("/v1/projects/resume-" + i, "{\"spec\":{}}");
        operator.delete("/v1/projects/resume-1");
        var seen = new ArrayList<String>();
        var position = from;
        while (seen.size() < 7) {
            // A new connection after every two events, as over a bad line.
            try (var watching = new Watching(operator, "?kind=Project&from=" + position)) {
                for (int i = 0; i < 2 && seen.size() < 7; i++) {
                    var event = watching.next();
                    seen.add(event.what() + " " + event.name());
                    position = event.id();
                }
            }
        }
        assertThat(seen)
                .containsExactly(
                        "created resume-1",
                        "created resume-2",
                        "created resume-3",
                        "created resume-4",
                        "created resume-5",
                        "created resume-6",
                        "deleted resume-1");
    }

    @Test
    void showsOnlyWhatTheCallerMaySee() throws Exception {
        var member = room.member("seen");
        room.member("unseen");
        // By kind, for the news of their own project may reach the watch a moment after it began.
        try (var watching = new Watching(member, "?kind=Keypair")) {
            operator.put("/v1/projects/unseen/keypairs/hidden", Samples.KEYPAIR);
            operator.put("/v1/projects/seen/keypairs/shown", Samples.KEYPAIR);
            var event = watching.next();
            assertThat(event.name()).isEqualTo("shown");
            assertThat(event.data()).contains("\"project\":\"seen\"").contains("\"kind\":\"Keypair\"");
            assertThat(watching.isSilent(300)).isTrue();
        }
    }

    @Test
    void refusesPositionsItCanNotGoOnFrom() {
        assertThat(operator.get("/v1/watch?from=x").code()).isEqualTo("bad-parameter");
        assertThat(operator.get("/v1/watch?kind=Nothing").code()).isEqualTo("bad-parameter");
        assertThat(operator.get("/v1/watch?from=99999999999-1").code()).isEqualTo("watch-too-old");
        assertThat(operator.get("/v1/watch", Map.of("Last-Event-ID", "99999999999-1"))
                        .status())
                .isEqualTo(410);
    }
}
