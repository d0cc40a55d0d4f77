package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import regie.testing.Database;
import regie.testing.TestDatabase;
import tools.jackson.databind.JsonNode;

/** Tools that look after different fields of one resource don't fight; after the same field, they are told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FieldManagersTest {
    private final TestRoom room;
    private final Asking operator;

    FieldManagersTest(@Database TestDatabase database) throws IOException {
        room = new TestRoom(database);
        operator = room.operator;
    }

    @AfterAll
    void close() {
        room.close();
    }

    private Asking.Answer apply(String project, String manager, String yaml) {
        return operator.ask(
                "PATCH",
                "/v1/projects/" + project + "?fieldManager=" + manager,
                yaml,
                Map.of("Content-Type", "application/apply-patch+yaml"));
    }

    private JsonNode managed(String project) {
        return operator.get("/v1/projects/" + project + "?managed=true").json().path("managed");
    }

    private JsonNode spec(String project) {
        return operator.get("/v1/projects/" + project).json().path("spec");
    }

    @Test
    void differentFieldsAreNobodysQuarrel() {
        assertThat(apply("two", "tofu", "spec: {title: Shop}\nlabels: {app.io/tier: web}")
                        .status())
                .isEqualTo(201);
        assertThat(apply("two", "pager", "spec: {contact: ann}").status()).isEqualTo(200);
        assertThat(apply("two", "tofu", "spec: {title: Shop 2}\nlabels: {app.io/tier: web}")
                        .status())
                .isEqualTo(200);
        assertThat(spec("two").toString()).isEqualTo("{\"title\":\"Shop 2\",\"contact\":\"ann\"}");
        assertThat(managed("two").toString())
                .isEqualTo("{\"pager\":[\"/spec/contact\"],\"tofu\":[\"/labels/app.io~1tier\",\"/spec/title\"]}");
        assertThat(operator.get("/v1/projects/two").json().has("managed")).isFalse();
    }

    @Test
    void sameFieldIsConflictThatNamesItsHolder() {
        apply("same", "tofu", "spec: {title: A}");
        var refused = apply("same", "helm", "spec: {title: B}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("field-conflict");
        assertThat(refused.json().path("held").toString())
                .isEqualTo("[{\"field\":\"/spec/title\",\"manager\":\"tofu\"}]");
        assertThat(spec("same").path("title").asString()).isEqualTo("A");
        assertThat(apply("same", "helm", "spec: {title: A}").status())
                .as("the same value is no quarrel")
                .isEqualTo(200);
        assertThat(managed("same").size()).isEqualTo(2);
        assertThat(apply("same", "tofu&force=true", "spec: {title: C}").status())
                .isEqualTo(200);
        assertThat(managed("same").toString()).isEqualTo("{\"tofu\":[\"/spec/title\"]}");
        assertThat(apply("same", "helm", "spec: {title: A}").code()).isEqualTo("field-conflict");
    }

    @Test
    void fieldThatIsLeftOutGoesUnlessAnotherHoldsIt() {
        apply("left", "tofu", "spec: {title: A, contact: ann}\nlabels: {x: '1', y: '2'}");
        apply("left", "helm", "spec: {title: A}");
        assertThat(apply("left", "tofu", "labels: {x: '1'}").status()).isEqualTo(200);
        var now = operator.get("/v1/projects/left").json();
        assertThat(now.path("spec").path("title").asString()).isEqualTo("A");
        assertThat(now.path("spec").path("contact").asString("")).isEmpty();
        assertThat(now.path("labels").toString()).isEqualTo("{\"x\":\"1\"}");
        assertThat(managed("left").toString()).isEqualTo("{\"helm\":[\"/spec/title\"],\"tofu\":[\"/labels/x\"]}");
    }

    @Test
    void whoWritesPlainlyHoldsWhatHeChanged() {
        apply("plain", "tofu", "spec: {title: A, contact: ann}");
        operator.patch("/v1/projects/plain", "{\"spec\":{\"title\":\"by hand\"}}");
        assertThat(managed("plain").toString())
                .isEqualTo("{\"operator\":[\"/spec/title\"],\"tofu\":[\"/spec/contact\"]}");
        var refused = apply("plain", "tofu", "spec: {title: A, contact: bob}");
        assertThat(refused.code()).isEqualTo("field-conflict");
        assertThat(spec("plain").path("title").asString()).isEqualTo("by hand");
        operator.yaml("/v1/apply", "kind: Project\nname: plain\nspec: {title: by hand, contact: zoe}\n");
        assertThat(managed("plain").toString()).isEqualTo("{\"operator\":[\"/spec/contact\",\"/spec/title\"]}");
    }

    @Test
    void applyingTheSameAgainChangesNothing() {
        var first = apply("again", "tofu", "spec: {title: A}");
        var second = apply("again", "tofu", "spec: {title: A}");
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(apply("again", "tofu", "spec: {title: B}\n").header("ETag")).isEqualTo("\"2\"");
    }

    @Test
    void malformedAppliesAreRefused() {
        for (var bad : new String[] {"[]", "spec: []", "specs: {title: x}", "spec: {titel: x}", "labels: x", "a: ["})
            assertThat(apply("bad", "tofu", bad).code()).as(bad).isEqualTo("manifest-malformed");
        for (var manager : new String[] {"", "a%20b", "x".repeat(64), "tofu&force=maybe"})
            assertThat(apply("bad", manager, "spec: {}").code()).as(manager).isEqualTo("bad-parameter");
        assertThat(operator.patch("/v1/projects/bad?fieldManager=x", "{}").code())
                .isEqualTo("bad-parameter");
        assertThat(operator.get("/v1/projects/bad").status()).isEqualTo(404);
    }
}
