package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import regie.kernel.Json;
import regie.testing.Database;
import regie.testing.TestDatabase;
import tools.jackson.databind.JsonNode;

/** What is declared, read by GraphQL: with relations, within bounds, and no more than the caller may see. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GraphQlTest {
    private static final Path SCHEMA = Path.of("..", "contracts", "schema.graphql");

    private final TestRoom room;
    private final Asking operator;

    GraphQlTest(@Database TestDatabase database) throws IOException {
        room = new TestRoom(database);
        operator = room.operator;
        operator.put("/v1/projects/shop", "{\"spec\":{}}");
        operator.put("/v1/flavors/small", "{\"spec\":{\"vcpus\":2,\"memoryMiB\":512}}");
        operator.put("/v1/images/deb", "{\"spec\":{\"boot\":\"disk\"}}");
        var fleet =
                "{\"labels\":{\"tier.of/it\":\"web\"},\"spec\":{\"count\":3,\"template\":{\"flavor\":\"small\",\"image\":\"deb\"}}}";
        operator.put("/v1/projects/shop/fleets/web", fleet);
        for (int at = 1; at <= 5; at++) operator.put("/v1/projects/shop/keypairs/key-" + at, Samples.KEYPAIR);
    }

    @AfterAll
    void close() {
        room.close();
    }

    private JsonNode ask(Asking who, String query) {
        return who.post("/v1/graphql", Json.write(Map.of("query", query))).json();
    }

    private JsonNode data(String query) {
        var answer = ask(operator, query);
        assertThat(answer.path("errors").toString()).isIn("", "[]");
        return answer.path("data");
    }

    @Test
    void relationsAreFollowedAcrossKinds() {
        var fleet = data("""
                { fleet(project: "shop", name: "web") {
                    uid labels { key value } spec { count template { flavor } } status { members }
                    references { field resource { kind name ... on Flavor { spec { vcpus memoryMiB } neededBy { resource { name } } } } }
                } }""").path("fleet");
        assertThat(fleet.path("labels").toString()).isEqualTo("[{\"key\":\"tier.of/it\",\"value\":\"web\"}]");
        assertThat(fleet.path("spec").toString()).isEqualTo("{\"count\":3,\"template\":{\"flavor\":\"small\"}}");
        var flavor = fleet.path("references")
                .valueStream()
                .filter(each -> each.path("field").asString().equals("template.flavor"))
                .findFirst()
                .orElseThrow()
                .path("resource");
        assertThat(flavor.path("spec").toString()).isEqualTo("{\"vcpus\":2,\"memoryMiB\":512}");
        assertThat(flavor.path("neededBy").toString()).contains("\"name\":\"web\"");
    }

    @Test
    void pagesAreFilteredSortedAndComplete() {
        var names = new ArrayList<String>();
        var after = "null";
        do {
            var page = data("""
                    { keypairs(project: "shop", first: 2, sort: "-name", after: %s, where: ["name!=key-3"]) {
                        items { name } next position } }""".formatted(after)).path("keypairs");
            page.path("items").forEach(item -> names.add(item.path("name").asString()));
            after = page.path("next").toString();
        } while (!after.equals("null"));
        assertThat(names).containsExactly("key-5", "key-4", "key-2", "key-1");
    }

    @Test
    void callerSeesNoMoreThanByRest() {
        var stranger = room.member("elsewhere");
        var answer = ask(
                stranger,
                "{ fleet(project: \"shop\", name: \"web\") { name } flavors { items { name neededBy { resource { name } } } } }");
        assertThat(answer.path("data").path("fleet").isNull()).isTrue();
        assertThat(answer.path("errors").path(0).path("extensions").path("code").asString())
                .isEqualTo("forbidden");
        assertThat(answer.path("data").path("flavors").toString())
                .contains("small")
                .doesNotContain("web");
        assertThat(operator.as("")
                        .post("/v1/graphql", "{\"query\":\"{ sites { next } }\"}")
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ nothing }",
                "{ fleets(first: 1001) { next } }",
                "{ fleets(first: 0) { next } }",
                "{ fleets(after: \"x\") { next } }",
                "{ fleets(where: [\"spec.cuont=1\"]) { next } }",
                "{ fleets(labels: [\"x\"]) { next } }",
                "{ fleet(name: \"none\") { name } }",
                "{ fleets { items ",
                "mutation { x }",
                "subscription { changes(kind: \"Nothing\") { what } }",
                // each alone is fine; nested, they would be a million values
                "{ instances(first: 1000) { items { neededBy(first: 1000) { field } } } }",
                "{ flavors { items { neededBy { resource { references { resource { neededBy { resource { references { resource"
                        + " { neededBy { resource { references { resource { name } } } } } } } } } } } } } }"
            })
    void nonsenseAndExcessAreRefused(String query) {
        var answer = operator.post("/v1/graphql", Json.write(Map.of("query", query)));
        assertThat(answer.status()).isIn(200, 400);
        assertThat(answer.json().path("errors").size()).as(answer.body()).isPositive();
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("regie.");
    }

    @Test
    void requestThatIsNoneIsProblem() {
        for (var body : List.of("", "[]", "{}", "{\"query\":7}", "{\"query\":\"{a}\",\"variables\":[]}", "nonsense")) {
            var answer = operator.post("/v1/graphql", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.code()).as(body).isEqualTo("bad-query");
        }
    }

    @Test
    void persistedQueryIsAskedForByItsHash() throws Exception {
        var query = "{ sites { next } }";
        var hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(query.getBytes(StandardCharsets.UTF_8)));
        var extensions = "\"extensions\":{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"%s\"}}";
        var byHash = "{" + extensions.formatted(hash) + "}";
        assertThat(operator.post("/v1/graphql", byHash).body()).contains("PersistedQueryNotFound");
        assertThat(operator.post("/v1/graphql", "{\"query\":\"{ racks { next } }\"," + extensions.formatted(hash) + "}")
                        .code())
                .isEqualTo("bad-query");
        var both = "{\"query\":\"%s\",%s}".formatted(query, extensions.formatted(hash));
        assertThat(operator.post("/v1/graphql", both).json().path("data").has("sites"))
                .isTrue();
        assertThat(operator.post("/v1/graphql", byHash).json().path("data").has("sites"))
                .isTrue();
    }

    @Test
    void subscriptionTellsWhatHappens() throws Exception {
        var query =
                "subscription { changes(kind: \"Project\") { what resource { name ... on Project { spec { title } } references { field } } } }";
        try (var watching = Watching.graphQl(operator, Json.write(Map.of("query", query)))) {
            operator.put("/v1/projects/told", "{\"spec\":{\"title\":\"T\"}}");
            assertThat(watching.next().data())
                    .isEqualTo(
                            "{\"data\":{\"changes\":{\"what\":\"created\",\"resource\":{\"name\":\"told\",\"spec\":{\"title\":\"T\"},"
                                    + "\"references\":[]}}}}");
        }
    }

    @Test
    @Tag("check")
    @Tag("golden")
    void contractIsCurrent() throws IOException {
        var said = operator.get("/v1/graphql/schema").body();
        if (System.getProperty("regie.golden", "").equals("write")) Files.writeString(SCHEMA, said);
        assertThat(Files.readString(SCHEMA))
                .as("./regie golden rewrites contracts/schema.graphql")
                .isEqualTo(said);
    }
}
