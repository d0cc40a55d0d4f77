package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import regie.testing.Database;
import regie.testing.TestDatabase;

/** One resource and lists of them, from creation to deletion. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResourcesTest {
    private static final int CROWD = 50;

    private final TestRoom room;
    private final Asking operator;

    ResourcesTest(@Database TestDatabase database) throws IOException {
        room = new TestRoom(database);
        operator = room.operator;
    }

    @AfterAll
    void close() {
        room.close();
    }

    @Test
    void lifeOfOne() {
        var created =
                operator.put("/v1/projects/alpha", "{\"labels\":{\"team\":\"a\"},\"spec\":{\"title\":\"Alpha\"}}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        var same = operator.put("/v1/projects/alpha", "{\"labels\":{\"team\":\"a\"},\"spec\":{\"title\":\"Alpha\"}}");
        assertThat(same.header("ETag")).as("what changes nothing is no change").isEqualTo("\"1\"");
        var patched =
                operator.patch("/v1/projects/alpha", "{\"labels\":{\"tier\":\"1\"},\"spec\":{\"contact\":\"ann\"}}");
        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.json().path("labels").toString()).contains("team").contains("tier");
        assertThat(patched.json().path("spec").toString()).contains("Alpha").contains("ann");
        var cut = operator.patch("/v1/projects/alpha", "{\"labels\":{\"team\":null},\"spec\":{\"title\":null}}");
        assertThat(cut.json().path("labels").has("team")).isFalse();
        assertThat(cut.json().path("spec").has("title")).isFalse();
        var replaced = operator.put("/v1/projects/alpha", "{\"spec\":{\"title\":\"New\"}}");
        assertThat(replaced.json().path("labels").isEmpty()).isTrue();
        assertThat(replaced.json().path("generation").asInt()).isEqualTo(4);
        assertThat(replaced.json().path("uid")).isEqualTo(created.json().path("uid"));
        assertThat(operator.delete("/v1/projects/alpha").status()).isEqualTo(204);
        assertThat(operator.get("/v1/projects/alpha").code()).isEqualTo("not-found");
        assertThat(operator.delete("/v1/projects/alpha").code()).isEqualTo("not-found");
    }

    /** They are written together, in whatever company each comes. */
    @Test
    void writesAtTheSameTimeHaveAnswersAndAuditLinesOfTheirOwn() throws Exception {
        operator.put("/v1/projects/crowd-taken", "{\"spec\":{}}");
        var puts = new ArrayList<Callable<Asking.Answer>>();
        for (int at = 0; at < CROWD; at++) {
            var name = at % 5 == 0 ? "crowd-taken" : "crowd-" + at;
            var body = "{\"spec\":{\"title\":\"number %d\"}}".formatted(at);
            puts.add(() -> operator.ask("PUT", "/v1/projects/" + name, body, Map.of("If-None-Match", "*")));
        }
        var requests = new HashSet<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(puts);
            for (int at = 0; at < CROWD; at++) {
                var answer = answers.get(at).get();
                assertThat(answer.status()).as(answer.body()).isEqualTo(at % 5 == 0 ? 412 : 201);
                if (at % 5 == 0) continue;
                assertThat(answer.json().path("name").asString()).isEqualTo("crowd-" + at);
                assertThat(answer.json().at("/spec/title").asString()).isEqualTo("number " + at);
                var audited = operator.get("/v1/audit?name=crowd-" + at).json().path("items");
                assertThat(audited.size()).isEqualTo(1);
                assertThat(audited.path(0).path("request").asString()).isEqualTo(answer.header("X-Request-Id"));
                requests.add(answer.header("X-Request-Id"));
            }
        }
        assertThat(requests).hasSize(CROWD * 4 / 5);
    }

    @Test
    void conditionsHold() {
        var path = "/v1/projects/conditional";
        assertThat(operator.ask("PUT", path, "{\"spec\":{}}", Map.of("If-Match", "\"1\""))
                        .status())
                .isEqualTo(412);
        assertThat(operator.ask("PUT", path, "{\"spec\":{}}", Map.of("If-None-Match", "*"))
                        .status())
                .isEqualTo(201);
        assertThat(operator.ask("PUT", path, "{\"spec\":{}}", Map.of("If-None-Match", "*"))
                        .status())
                .isEqualTo(412);
        assertThat(operator.ask("PATCH", path, "{\"spec\":{\"title\":\"x\"}}", Map.of("If-Match", "\"7\""))
                        .status())
                .isEqualTo(412);
        assertThat(operator.ask("PATCH", path, "{\"spec\":{\"title\":\"x\"}}", Map.of("If-Match", "\"1\""))
                        .header("ETag"))
                .isEqualTo("\"2\"");
        assertThat(operator.ask("DELETE", path, "", Map.of("If-Match", "\"1\"")).status())
                .isEqualTo(412);
        assertThat(operator.ask("DELETE", path, "", Map.of("If-Match", "2")).code())
                .isEqualTo("bad-parameter");
        assertThat(operator.ask("DELETE", path, "", Map.of("If-Match", "\"2\"")).status())
                .isEqualTo(204);
    }

    @Test
    void pagesCoverEverythingOnce() {
        var member = room.member("paged");
        var manifest = "kind: Keypair\nname: key-[01-25]\nlabels: {half: \"$1\", all: \"yes\"}\nspec: {publicKey: %s}\n"
                .formatted(Samples.PUBLIC_KEY);
        assertThat(operator.yaml("/v1/apply?project=paged", manifest).status()).isEqualTo(200);
        for (var list : List.of("/v1/projects/paged/keypairs?limit=10", "/v1/keypairs?limit=7&label=all%3Dyes")) {
            var names = new ArrayList<String>();
            var next = "";
            do {
                var page = operator.get(list + (next.isEmpty() ? "" : "&after=" + next))
                        .json();
                page.path("items").forEach(item -> names.add(item.path("name").asString()));
                next = page.path("next").asString("");
            } while (!next.isEmpty());
            assertThat(names).as(list).hasSize(25).doesNotHaveDuplicates().isSorted();
        }
        assertThat(member.get("/v1/projects/paged/keypairs?label=half%3D07&label=all%3Dyes")
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(1);
        assertThat(member.get("/v1/projects/paged/keypairs?label=half%3Dno")
                        .json()
                        .path("items")
                        .size())
                .isZero();
        for (var bad :
                List.of("limit=0", "limit=1001", "limit=x", "label=x", "as=tree", "wide=maybe&as=table", "lmit=1")) {
            assertThat(operator.get("/v1/keypairs?" + bad).code()).as(bad).isEqualTo("bad-parameter");
        }
    }

    @Test
    void listsAreFilteredSortedAndThinned() {
        operator.put("/v1/projects/thin", "{\"spec\":{}}");
        var manifest = "kind: Fleet\nname: f-[1-9]\nspec: {count: 0, template: {flavor: thin, image: thin}}\n";
        operator.put("/v1/flavors/thin", "{\"spec\":{\"vcpus\":1,\"memoryMiB\":512}}");
        operator.put("/v1/images/thin", "{\"spec\":{\"boot\":\"disk\"}}");
        assertThat(operator.yaml("/v1/apply?project=thin", manifest).status()).isEqualTo(200);
        operator.patch("/v1/projects/thin/fleets/f-4", "{\"labels\":{\"tier\":\"db\"}}");
        var list = "/v1/projects/thin/fleets";
        var thin = operator.get(list + "?sort=-name&limit=2&fields=spec.count,labels.tier&where=name%3E%3Df-3");
        assertThat(thin.json().path("items").toString())
                .isEqualTo(
                        "[{\"kind\":\"Fleet\",\"project\":\"thin\",\"name\":\"f-9\",\"spec\":{\"count\":0},\"labels\":{}},"
                                + "{\"kind\":\"Fleet\",\"project\":\"thin\",\"name\":\"f-8\",\"spec\":{\"count\":0},\"labels\":{}}]");
        var names = new ArrayList<String>();
        for (var next = ""; ; ) {
            var page = operator.get(list + "?sort=-generation&limit=4" + (next.isEmpty() ? "" : "&after=" + next))
                    .json();
            page.path("items").forEach(item -> names.add(item.path("name").asString()));
            next = page.path("next").asString("");
            if (next.isEmpty()) break;
            if (names.size() == 4)
                operator.delete(list + "/" + names.getLast()); // the page goes on behind where it stood
        }
        assertThat(names).containsExactly("f-4", "f-9", "f-8", "f-7", "f-6", "f-5", "f-3", "f-2", "f-1");
        assertThat(operator.get(list + "?where=labels.tier%3Ddb")
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(1);
        for (var bad : List.of(
                "where=spec.cuont%3D1",
                "sort=spec",
                "fields=spec.nothing",
                "fields=",
                "sort=name&after=f-1",
                "after=~AAAA",
                "sort=name&after=~AAAA",
                "sort=name&after=~e30",
                "where=x&where=".repeat(9)))
            assertThat(operator.get(list + "?" + bad).status()).as(bad).isEqualTo(400);
    }

    @Test
    void tableShowsTheKindsColumns() {
        operator.put("/v1/projects/tabled", "{\"spec\":{\"title\":\"T\",\"contact\":\"ann\"}}");
        var narrow = operator.get("/v1/projects?as=table").json();
        assertThat(narrow.path("columns").toString()).isEqualTo("[\"title\"]");
        var wide = operator.get("/v1/projects?as=table&wide=true").json();
        assertThat(wide.path("columns").toString()).isEqualTo("[\"title\",\"contact\"]");
        assertThat(wide.path("rows").toString()).contains("{\"name\":\"tabled\",\"cells\":[\"T\",\"ann\"]}");
    }

    @Test
    void exportIsManifestThatChangesNothing() {
        var odd = "0x10 yes: \\\"no\\\" #not a comment\\n second line ";
        operator.put(
                "/v1/projects/odd",
                "{\"labels\":{\"n\":\"1.0\",\"b\":\"true\",\"e\":\"\",\"t\":\"~\"},\"spec\":{\"title\":\"%s\"}}"
                        .formatted(odd));
        for (var path : List.of("/v1/projects", "/v1/projects/odd")) {
            var exported = operator.get(path, Map.of("Accept", "application/yaml"));
            assertThat(exported.header("Content-Type")).startsWith("application/yaml");
            var changes = operator.yaml("/v1/apply", exported.body());
            assertThat(changes.status()).as(changes.body()).isEqualTo(200);
            assertThat(changes.json()
                            .path("changes")
                            .valueStream()
                            .map(change -> change.path("action").asString()))
                    .as(exported.body())
                    .containsOnly("keep");
        }
    }

    @Test
    void explainSaysWhoNeedsWhom() {
        operator.put("/v1/sites/lon1", Samples.SITE);
        operator.put("/v1/racks/lon1-r1", "{\"spec\":{\"site\":\"lon1\"}}");
        var site = operator.get("/v1/sites/lon1/explain").json();
        assertThat(site.path("neededBy").toString()).contains("lon1-r1");
        assertThat(site.path("changes").path(0).path("what").asString()).isEqualTo("created");
        assertThat(operator.get("/v1/racks/lon1-r1/explain")
                        .json()
                        .path("references")
                        .toString())
                .contains("lon1");
        assertThat(operator.delete("/v1/sites/lon1").code()).isEqualTo("still-needed");
        assertThat(operator.put("/v1/racks/lost", "{\"spec\":{\"site\":\"nowhere\"}}")
                        .code())
                .isEqualTo("missing-reference");
    }

    @Test
    void actionsEditTheSpec() {
        assertThat(operator.post("/v1/projects/default/instances/none/actions/fly", "{}")
                        .code())
                .isEqualTo("no-such-action");
        assertThat(operator.post("/v1/projects/default/instances/none/actions/stop", "{}")
                        .code())
                .isEqualTo("not-found");
        assertThat(operator.post("/v1/projects/default/instances/none/actions/stop", "{\"x\":1}")
                        .code())
                .isEqualTo("manifest-malformed");
    }
}
