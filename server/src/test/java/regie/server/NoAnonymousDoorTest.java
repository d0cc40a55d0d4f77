package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import regie.testing.Database;
import regie.testing.TestDatabase;

/** Without a token nobody gets in, and nobody learns what is inside. The routes are those of the server's own description. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoAnonymousDoorTest {
    private final TestRoom room;

    NoAnonymousDoorTest(@Database TestDatabase database) throws java.io.IOException {
        room = new TestRoom(database);
    }

    @AfterAll
    void close() {
        room.close();
    }

    @Test
    void everyRouteWantsToken() {
        var routes = new ArrayList<String>();
        var paths = room.operator.get("/v1/openapi.json").json().path("paths");
        for (var path : paths.properties()) {
            for (var method : path.getValue().properties()) {
                boolean open = method.getValue().has("security");
                assertThat(open).as(path.getKey()).isEqualTo(path.getKey().matches("/healthz|/readyz"));
                if (!open)
                    routes.add(method.getKey().toUpperCase(Locale.ROOT) + " "
                            + path.getKey().replaceAll("[{}]", ""));
            }
        }
        assertThat(routes).hasSizeGreaterThan(50);
        for (var token : new String[] {"", "regie_", "wrong", room.operator.token() + "x"}) {
            for (var route : routes) {
                var words = route.split(" ", -1);
                var answer = room.operator.as(token).ask(words[0], words[1], "", Map.of());
                assertThat(answer.status()).as(route).isEqualTo(401);
                assertThat(answer.code()).as(route).isEqualTo("not-signed-in");
            }
        }
    }

    @Test
    void pathsThatDoNotExistSayNoMore() {
        for (var method : new String[] {"GET", "PUT", "OPTIONS", "DELETE", "TRACE"}) {
            for (var path : new String[] {"/", "/v1", "/v1/nothing", "/healthz/x", "/v1/../v1/kinds"}) {
                assertThat(room.operator.as("").ask(method, path, "", Map.of()).status())
                        .as(method + " " + path)
                        .isIn(400, 401);
            }
        }
    }

    @Test
    void otherWaysOfShowingTokenAreNone() {
        var asking = room.operator.as("");
        var token = room.operator.token();
        assertThat(asking.get("/v1/kinds", Map.of("Authorization", token)).status())
                .isEqualTo(401);
        assertThat(asking.get("/v1/kinds", Map.of("Authorization", "Basic " + token))
                        .status())
                .isEqualTo(401);
        assertThat(asking.get("/v1/kinds", Map.of("Cookie", "token=" + token)).status())
                .isEqualTo(401);
        assertThat(asking.get("/v1/kinds?token=" + token).status()).isEqualTo(401);
    }

    @Test
    void healthSaysNothingElse() {
        assertThat(room.operator.as("").get("/healthz").body()).isEqualTo("ok");
        assertThat(room.operator.as("").get("/readyz").body()).isEqualTo("ok");
    }
}
