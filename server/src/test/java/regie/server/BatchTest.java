package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import regie.testing.Database;
import regie.testing.TestDatabase;

/** Many changes in one request: each with its outcome, or all or nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchTest {
    private final TestRoom room;
    private final Asking operator;

    BatchTest(@Database TestDatabase database) throws IOException {
        room = new TestRoom(database);
        operator = room.operator;
    }

    @AfterAll
    void close() {
        room.close();
    }

    private static String put(String name, String title) {
        return "{\"op\":\"put\",\"kind\":\"Project\",\"name\":\"%s\",\"content\":{\"spec\":{\"title\":\"%s\"}}}"
                .formatted(name, title);
    }

    private static String batch(boolean atomic, String... operations) {
        return "{\"atomic\":%s,\"operations\":[%s]}".formatted(atomic, String.join(",", operations));
    }

    /** Each outcome as a word, with the code where it was refused. */
    private static List<String> outcomes(Asking.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json()
                .path("outcomes")
                .valueStream()
                .map(each -> each.path("outcome").asString()
                        + each.path("problem").path("code").asString(""))
                .toList();
    }

    @Test
    void eachOperationHasItsOutcome() {
        operator.put("/v1/projects/b-old", "{\"spec\":{\"title\":\"x\"}}");
        operator.put("/v1/projects/b-same", "{\"spec\":{\"title\":\"x\"}}");
        var answer = operator.post(
                "/v1/batch",
                batch(
                        false,
                        put("b-new", "x"),
                        put("b-old", "y"),
                        put("b-same", "x"),
                        put("Not A Name", "x"),
                        "{\"op\":\"put\",\"kind\":\"Rack\",\"name\":\"b-rack\",\"content\":{\"spec\":{\"site\":\"none\"}}}",
                        put("b-new", "again"),
                        "{\"op\":\"patch\",\"kind\":\"Project\",\"name\":\"b-new\",\"content\":{\"spec\":{\"contact\":\"c\"}}}",
                        "{\"op\":\"delete\",\"kind\":\"Project\",\"name\":\"b-same\"}",
                        "{\"op\":\"delete\",\"kind\":\"Project\",\"name\":\"b-none\"}",
                        "{\"op\":\"act\",\"kind\":\"Instance\",\"name\":\"none\",\"action\":\"stop\"}",
                        "{\"op\":\"patch\",\"kind\":\"Project\",\"name\":\"b-old\",\"generation\":1,\"content\":{\"spec\":{\"title\":\"z\"}}}"));
        assertThat(outcomes(answer))
                .containsExactly(
                        "created",
                        "changed",
                        "kept",
                        "refusedmanifest-malformed",
                        "refusedmissing-reference",
                        "changed",
                        "changed",
                        "deleted",
                        "refusednot-found",
                        "refusednot-found",
                        "refusedstale");
        var made = operator.get("/v1/projects/b-new").json();
        assertThat(made.path("generation").asInt()).isEqualTo(3);
        assertThat(made.path("spec").toString()).isEqualTo("{\"title\":\"again\",\"contact\":\"c\"}");
        assertThat(operator.get("/v1/projects/b-old")
                        .json()
                        .path("spec")
                        .path("title")
                        .asString())
                .isEqualTo("y");
        assertThat(operator.get("/v1/projects/b-same").status()).isEqualTo(404);
        assertThat(operator.get("/v1/audit?name=b-new")
                        .json()
                        .path("items")
                        .valueStream()
                        .map(each -> each.path("verb").asString() + each.path("generation")))
                .containsExactly("patch3", "put2", "put1");
    }

    @Test
    void atomicBatchIsDoneWholeOrNotAtAll() {
        var refused = operator.post(
                "/v1/batch",
                batch(
                        true,
                        put("a-1", "x"),
                        "{\"op\":\"delete\",\"kind\":\"Project\",\"name\":\"a-none\"}",
                        put("a-2", "x")));
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.code()).isEqualTo("not-found");
        assertThat(refused.json().path("operation").asInt()).isEqualTo(1);
        assertThat(operator.get("/v1/projects/a-1").status()).isEqualTo(404);
        assertThat(operator.get("/v1/audit?name=a-1").json().path("items").size())
                .isZero();
        assertThat(outcomes(operator.post("/v1/batch", batch(true, put("a-1", "x"), put("a-2", "x")))))
                .containsExactly("created", "created");
    }

    @Test
    void oneThatIsAtFaultTakesNoNeighbourWithIt() {
        var operations = IntStream.range(0, 100)
                .mapToObj(at -> at % 33 == 7
                        ? "{\"op\":\"put\",\"kind\":\"Project\",\"name\":\"n-%d\",\"generation\":5,\"content\":{}}"
                                .formatted(at)
                        : put("n-" + at, "x"))
                .toArray(String[]::new);
        var found = outcomes(operator.post("/v1/batch", batch(false, operations)));
        for (int at = 0; at < 100; at++) assertThat(found.get(at)).isEqualTo(at % 33 == 7 ? "refusedstale" : "created");
        assertThat(operator.get("/v1/projects?limit=1000")
                        .json()
                        .path("items")
                        .valueStream()
                        .map(each -> each.path("name").asString())
                        .filter(name -> name.startsWith("n-"))
                        .count())
                .isEqualTo(97);
    }

    @Test
    void membersWriteWhatIsTheirsAlone() {
        var member = room.member("b-mine");
        var keypair =
                "{\"op\":\"put\",\"kind\":\"Keypair\",\"project\":\"%s\",\"name\":\"k\",\"content\":{\"spec\":{\"publicKey\":\"%s\"}}}";
        var found = member.post(
                "/v1/batch",
                batch(
                        false,
                        keypair.formatted("b-mine", Samples.PUBLIC_KEY),
                        keypair.formatted("default", Samples.PUBLIC_KEY),
                        put("b-theirs", "x"),
                        "{\"op\":\"delete\",\"kind\":\"Project\",\"name\":\"default\"}"));
        assertThat(outcomes(found))
                .containsExactly("created", "refusedforbidden", "refusedforbidden", "refusedforbidden");
        assertThat(operator.get("/v1/projects/default").status()).isEqualTo(200);
    }

    @Test
    void batchesAreRehearsedAndRepeated() {
        var rehearsed = operator.post("/v1/batch?dryRun=true", batch(false, put("r-1", "x")));
        assertThat(outcomes(rehearsed)).containsExactly("created");
        assertThat(operator.get("/v1/projects/r-1").status()).isEqualTo(404);
        for (int time = 1; time <= 2; time++)
            assertThat(outcomes(operator.ask(
                            "POST", "/v1/batch", batch(false, put("r-1", "x")), Map.of("Idempotency-Key", "batch-1"))))
                    .containsExactly("created");
    }

    @Test
    void malformedBatchesAreRefused() {
        var many = IntStream.rangeClosed(0, 10_000).mapToObj(_ -> "{}").collect(Collectors.joining(","));
        for (var bad : List.of(
                "[]",
                "{",
                "{\"operations\":{}}",
                "{\"operations\":[],\"atomc\":true}",
                "{\"operations\":[],\"atomic\":1}",
                "{\"operations\":[1]}",
                batch(false, "{\"op\":\"put\"}"),
                batch(false, "{\"op\":\"pat\",\"kind\":\"Project\",\"name\":\"x\"}"),
                batch(false, "{\"op\":\"put\",\"kind\":\"Projekt\",\"name\":\"x\"}"),
                batch(false, "{\"op\":\"delete\",\"kind\":\"Project\",\"name\":\"\\u0000\"}"),
                batch(false, "{\"op\":\"delete\",\"kind\":\"Project\",\"name\":\"x\",\"generation\":-1}"),
                batch(false, "{\"op\":\"delete\",\"kind\":\"Project\",\"name\":\"x\",\"generation\":1e30}"),
                "{\"operations\":[" + many + "]}")) {
            var answer = operator.post("/v1/batch", bad);
            assertThat(answer.status())
                    .as(bad.substring(0, Math.min(100, bad.length())))
                    .isEqualTo(400);
            assertThat(answer.code()).isEqualTo("body-unreadable");
        }
    }
}
