package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import regie.testing.Database;
import regie.testing.TestDatabase;

/** What each role may do, asked of the door: status for operator, auditor, member of the project, member of another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesTest {
    private final TestRoom room;
    private final Asking auditor;
    private final Asking member;
    private final Asking stranger;
    private final Asking reporter;

    RolesTest(@Database TestDatabase database) throws IOException {
        room = new TestRoom(database);
        auditor = room.auditor();
        member = room.member("shop");
        stranger = room.member("other");
        reporter = room.reporter("shop");
        room.operator.put("/v1/sites/par1", Samples.SITE);
        room.operator.put("/v1/projects/shop/keypairs/ann", Samples.KEYPAIR);
    }

    @AfterAll
    void close() {
        room.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /v1/sites                            |              | 200 | 200 | 200 | 200
            GET    | /v1/sites/par1                       |              | 200 | 200 | 200 | 200
            GET    | /v1/sites/par1/explain               |              | 200 | 200 | 200 | 200
            GET    | /v1/racks                            |              | 200 | 200 | 403 | 403
            GET    | /v1/servers                          |              | 200 | 200 | 403 | 403
            GET    | /v1/flavors                          |              | 200 | 200 | 200 | 200
            GET    | /v1/projects/shop                    |              | 200 | 200 | 200 | 403
            PUT    | /v1/projects/shop                    | {"spec":{}}  | 200 | 403 | 403 | 403
            PUT    | /v1/sites/par1                       | SITE         | 200 | 403 | 403 | 403
            DELETE | /v1/sites/nowhere                    |              | 404 | 403 | 403 | 403
            GET    | /v1/projects/shop/keypairs           |              | 200 | 200 | 200 | 403
            GET    | /v1/projects/shop/keypairs/ann       |              | 200 | 200 | 200 | 403
            GET    | /v1/projects/shop/keypairs/nobody    |              | 404 | 404 | 404 | 403
            PUT    | /v1/projects/shop/keypairs/ann       | KEYPAIR      | 200 | 403 | 200 | 403
            PATCH  | /v1/projects/shop/keypairs/ann       | {"labels":{}}| 200 | 403 | 200 | 403
            DELETE | /v1/projects/shop/keypairs/nobody    |              | 404 | 403 | 404 | 403
            POST   | /v1/projects/shop/instances/x/actions/stop | {}     | 404 | 403 | 404 | 403
            GET    | /v1/keypairs                         |              | 200 | 200 | 200 | 200
            GET    | /v1/kinds                            |              | 200 | 200 | 200 | 200
            GET    | /v1/whoami                           |              | 200 | 200 | 200 | 200
            GET    | /v1/tokens                           |              | 200 | 200 | 403 | 403
            DELETE | /v1/tokens/nobody                    |              | 404 | 403 | 403 | 403
            GET    | /v1/audit                            |              | 200 | 200 | 403 | 403
            GET    | /v1/whatif?lose=site/par1            |              | 200 | 200 | 403 | 403
            GET    | /v1/whatif?lose=site/par2            |              | 404 | 404 | 403 | 403
            GET    | /v1/whatif?lose=par1                 |              | 400 | 400 | 403 | 403
            GET    | /v1/whatif                           |              | 400 | 400 | 403 | 403
            GET    | /v1/capacity                         |              | 200 | 200 | 403 | 403
            GET    | /v1/capacity?site=par2               |              | 404 | 404 | 403 | 403
            GET    | /v1/spof                             |              | 200 | 200 | 403 | 403
            GET    | /v1/watch?kind=Server                |              | -   | -   | 403 | 403
            GET    | /v1/watch?kind=Keypair&project=shop  |              | -   | -   | -   | 403
            POST   | /v1/plan                             | PLAN         | 200 | 403 | 200 | 403
            POST   | /v1/apply                            | PLAN         | 200 | 403 | 200 | 403
            """)
    void table(
            String method,
            String path,
            String body,
            String byOperator,
            String byAuditor,
            String byMember,
            String byStranger) {
        var text = Samples.named(body);
        expect(byOperator, room.operator, method, path, text);
        expect(byAuditor, auditor, method, path, text);
        expect(byMember, member, method, path, text);
        expect(byStranger, stranger, method, path, text);
    }

    /** A dash: an answer that would not end. */
    private static void expect(String status, Asking asking, String method, String path, String body) {
        if (status.equals("-")) return;
        var answer = asking.ask(method, path, body, Map.of());
        assertThat(answer.status()).as(answer.body()).isEqualTo(Integer.parseInt(status));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST   | /v1/projects/shop/instances/x/heartbeat    |             | 404
            POST   | /v1/projects/other/instances/x/heartbeat   |             | 403
            POST   | /v1/projects/shop/instances/x/actions/stop | {}          | 403
            GET    | /v1/projects/shop/instances                |             | 403
            GET    | /v1/projects/shop                          |             | 403
            GET    | /v1/flavors                                |             | 403
            GET    | /v1/audit                                  |             | 403
            PUT    | /v1/projects/shop/keypairs/ann             | KEYPAIR     | 403
            POST   | /v1/apply                                  | PLAN        | 403
            """)
    void reporterOnlyReports(String method, String path, String body, String status) {
        expect(status, reporter, method, path, Samples.named(body));
    }

    @Test
    void heartbeatThatNobodyExpectsIsRefused() {
        assertThat(auditor.post("/v1/projects/shop/instances/x/heartbeat", "").status())
                .isEqualTo(403);
        assertThat(member.post("/v1/projects/shop/instances/x/heartbeat", "").status())
                .isEqualTo(404);
    }

    @Test
    void memberSeesOwnProjectInListsOnly() {
        room.operator.put("/v1/projects/other/keypairs/bob", Samples.KEYPAIR);
        assertThat(member.get("/v1/projects")
                        .json()
                        .path("items")
                        .valueStream()
                        .map(item -> item.path("name").asString()))
                .containsExactly("shop");
        assertThat(member.get("/v1/keypairs")
                        .json()
                        .path("items")
                        .valueStream()
                        .map(item -> item.path("project").asString()))
                .containsOnly("shop");
        assertThat(room.operator.get("/v1/keypairs").body())
                .contains("\"other\"")
                .contains("\"shop\"");
    }

    @Test
    void deletingProjectNeedsItEmptyAndRevokesItsTokens() {
        var leaving = room.member("brief");
        leaving.put("/v1/projects/brief/keypairs/ann", Samples.KEYPAIR);
        assertThat(room.operator.delete("/v1/projects/brief").code()).isEqualTo("project-in-use");
        assertThat(leaving.delete("/v1/projects/brief/keypairs/ann").status()).isEqualTo(204);
        assertThat(room.operator.delete("/v1/projects/brief").status()).isEqualTo(204);
        assertThat(leaving.get("/v1/whoami").status()).isEqualTo(401);
        assertThat(room.operator
                        .put("/v1/projects/brief/keypairs/ann", Samples.KEYPAIR)
                        .code())
                .isEqualTo("no-such-project");
    }

    @Test
    void revokedTokenIsRefusedAtOnceAndItsNameIsFreeAgain() {
        var made = room.operator.post("/v1/tokens", "{\"name\":\"robot\",\"role\":\"auditor\"}");
        var robot = room.operator.as(made.json().path("secret").asString());
        assertThat(robot.get("/v1/whoami").json().path("name").asString()).isEqualTo("robot");
        assertThat(room.operator
                        .post("/v1/tokens", "{\"name\":\"robot\",\"role\":\"auditor\"}")
                        .code())
                .isEqualTo("token-name-taken");
        assertThat(room.operator.delete("/v1/tokens/robot").status()).isEqualTo(204);
        assertThat(robot.get("/v1/whoami").status()).isEqualTo(401);
        assertThat(room.operator
                        .post("/v1/tokens", "{\"name\":\"robot\",\"role\":\"auditor\"}")
                        .status())
                .isEqualTo(201);
        assertThat(room.operator.get("/v1/tokens").body())
                .doesNotContain(made.json().path("secret").asString());
    }

    @Test
    void everyChangeStandsInTheAuditTrail() {
        var answer = member.put("/v1/projects/shop/keypairs/audited", Samples.KEYPAIR);
        var entry =
                room.operator.get("/v1/audit?name=audited").json().path("items").path(0);
        assertThat(entry.path("request").asString()).isEqualTo(answer.header("X-Request-Id"));
        assertThat(entry.path("verb").asString()).isEqualTo("put");
        assertThat(entry.path("who").asString()).startsWith("member");
        assertThat(entry.path("uid").asString())
                .isEqualTo(answer.json().path("uid").asString());
        member.put("/v1/projects/shop/keypairs/audited", Samples.KEYPAIR);
        assertThat(room.operator
                        .get("/v1/audit?name=audited")
                        .json()
                        .path("items")
                        .size())
                .as("what changed nothing leaves no trace")
                .isEqualTo(1);
    }

    @Test
    void tokenWithoutItsProjectIsNoToken() {
        assertThat(room.operator
                        .post("/v1/tokens", "{\"name\":\"a\",\"role\":\"member\"}")
                        .code())
                .isEqualTo("manifest-malformed");
        assertThat(room.operator
                        .post("/v1/tokens", "{\"name\":\"a\",\"role\":\"member\",\"project\":\"none\"}")
                        .code())
                .isEqualTo("no-such-project");
        assertThat(room.operator
                        .post("/v1/tokens", "{\"name\":\"a\",\"role\":\"king\"}")
                        .status())
                .isEqualTo(400);
    }
}
