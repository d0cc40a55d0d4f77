package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import regie.testing.Database;
import regie.testing.TestDatabase;

/** What is planned is what is done, or nothing is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanTest {
    private final TestRoom room;
    private final Asking operator;

    PlanTest(@Database TestDatabase database) throws IOException {
        room = new TestRoom(database);
        operator = room.operator;
    }

    @AfterAll
    void close() {
        room.close();
    }

    private static String projects(String names, String title) {
        return "kind: Project\nname: %s\nspec: {title: %s}\n".formatted(names, title);
    }

    @Test
    void planChangesNothingAndApplyDoesThePlan() {
        var manifest = projects("p-[1-3]", "first");
        var plan = operator.yaml("/v1/plan", manifest).json();
        assertThat(plan.path("changes").size()).isEqualTo(3);
        assertThat(operator.get("/v1/projects/p-1").status()).isEqualTo(404);
        var number = plan.path("number").asString();
        var applied = operator.yaml("/v1/apply?number=" + number, manifest).json();
        assertThat(applied).isEqualTo(plan);
        var again = operator.yaml("/v1/apply?number=" + number, manifest);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("plan-stale");
        assertThat(operator.yaml("/v1/plan", projects("p-2", "second"))
                        .json()
                        .path("changes")
                        .toString())
                .contains("\"field\":\"spec.title\",\"before\":\"first\",\"after\":\"second\"");
    }

    @Test
    void planIsStaleWhereSomebodyChangedTheSame() {
        operator.yaml("/v1/apply", projects("stale", "one"));
        var number = operator.yaml("/v1/plan", projects("stale", "two"))
                .json()
                .path("number")
                .asString();
        operator.patch("/v1/projects/stale", "{\"spec\":{\"contact\":\"ann\"}}");
        var applied = operator.yaml("/v1/apply?number=" + number, projects("stale", "two"));
        assertThat(applied.code()).isEqualTo("plan-stale");
        assertThat(operator.get("/v1/projects/stale")
                        .json()
                        .path("spec")
                        .path("title")
                        .asString())
                .isEqualTo("one");
    }

    @Test
    void ofOneNumberOnlyOneIsDone() throws Exception {
        var manifest = projects("race", "won");
        var number = operator.yaml("/v1/plan", manifest).json().path("number").asString();
        var tries = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 8; i++)
            tries.add(
                    () -> operator.yaml("/v1/apply?number=" + number, manifest).status());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = new ArrayList<Integer>();
            for (var done : threads.invokeAll(tries)) statuses.add(done.get());
            assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
        }
    }

    @Test
    void withoutNumberAllRacersAreServed() throws Exception {
        var tries = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 12; i++) {
            var patch = "{\"labels\":{\"by-%d\":\"x\"}}".formatted(i);
            tries.add(() -> operator.patch("/v1/projects/default", patch).status());
        }
        try (var threads = Executors.newFixedThreadPool(3)) {
            for (var done : threads.invokeAll(tries)) assertThat(done.get()).isIn(200, 409);
        }
    }

    @Test
    void allOrNothing() {
        var broken = projects("whole-[1-9]", "x") + "---\nkind: Rack\nname: whole-rack\nspec: {site: nowhere}\n";
        assertThat(operator.yaml("/v1/apply", broken).code()).isEqualTo("missing-reference");
        assertThat(operator.get("/v1/projects/whole-1").status()).isEqualTo(404);
    }

    @Test
    void filesMayReferToEachOtherAndProblemsNameThem() {
        var files = "{\"files\":[{\"name\":\"racks.yaml\",\"text\":\"kind: Rack\\nname: f-r1\\nspec: {site: f1}\"},"
                + "{\"name\":\"sites.yaml\",\"text\":\"kind: Site\\nname: f1\\nspec: {country: FR, city: Lille}\"}]}";
        assertThat(operator.post("/v1/apply", files).status()).isEqualTo(200);
        var twice = "{\"files\":[{\"name\":\"a.yaml\",\"text\":\"kind: Project\\nname: x\"},"
                + "{\"name\":\"b.yaml\",\"text\":\"kind: Project\\nname: x\"}]}";
        var refused = operator.post("/v1/apply", twice);
        assertThat(refused.code()).isEqualTo("manifest-malformed");
        assertThat(refused.json().path("detail").asString())
                .contains("b.yaml:2:1")
                .contains("a.yaml:2:1");
    }

    @Test
    void deletionIsPlannedAndWhole() {
        operator.yaml("/v1/apply", projects("gone-[1-2]", "x"));
        var keys = "\"keys\":[{\"kind\":\"Project\",\"name\":\"gone-1\"},{\"kind\":\"Project\",\"name\":\"gone-2\"}]";
        var plan = operator.post("/v1/delete", "{\"plan\":true,%s}".formatted(keys))
                .json();
        assertThat(operator.get("/v1/projects/gone-1").status()).isEqualTo(200);
        var number = plan.path("number").asString();
        operator.patch("/v1/projects/gone-2", "{\"spec\":{\"title\":\"y\"}}");
        assertThat(operator.post("/v1/delete", "{\"number\":\"%s\",%s}".formatted(number, keys))
                        .code())
                .isEqualTo("plan-stale");
        assertThat(operator.get("/v1/projects/gone-1").status()).isEqualTo(200);
        assertThat(operator.post("/v1/delete", "{%s}".formatted(keys)).status()).isEqualTo(200);
        for (var name : List.of("gone-1", "gone-2")) {
            assertThat(operator.get("/v1/projects/" + name).status()).isEqualTo(404);
        }
    }
}
