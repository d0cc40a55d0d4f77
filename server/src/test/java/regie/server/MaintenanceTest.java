package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import regie.testing.Database;
import regie.testing.TestDatabase;
import regie.testing.Together;

/** A maintenance from the first question to its end, over REST, in a running room: of servers that run no machines, so that no agent is needed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MaintenanceTest {
    private final TestRoom room;

    MaintenanceTest(@Database TestDatabase database) throws IOException {
        room = new TestRoom(database);
        var applied = room.operator.yaml("/v1/apply", """
                {kind: Site, name: par1, spec: {country: FR, city: Paris}}
                ---
                kind: Server
                name: par1-h[01-02]
                spec: {site: par1, hypervisor: none, numa: [{threads: 4, memoryMiB: 4096}]}
                """);
        assertThat(applied.status()).as(applied.toString()).isEqualTo(200);
    }

    @AfterAll
    void close() {
        room.close();
    }

    @Test
    void siteIsRolledThroughFromTheFirstQuestionToItsEnd() {
        var intent = "{\"name\": \"roll\", \"spec\": {\"scope\": {\"site\": \"par1\"}}}";
        var forecast = room.operator.post("/v1/maintain/forecast", intent);
        assertThat(forecast.status()).as(forecast.body()).isEqualTo(200);
        assertThat(forecast.json().path("servers"))
                .extracting(server -> server.path("name").asString() + " "
                        + server.path("turn").asInt())
                .containsExactly("par1-h01 1", "par1-h02 2");
        assertThat(room.operator.get("/v1/maintenances/roll").status()).isEqualTo(404);

        var begun = room.operator.post("/v1/maintain", intent);
        assertThat(begun.json().path("begun").asString()).as(begun.body()).isEqualTo("roll");
        for (var server : new String[] {"par1-h01", "par1-h02"}) {
            Together.until(server + " waits for the work", () -> at("working", server));
            assertThat(room.operator.post("/v1/maintain", intent).status())
                    .as("nor is one under way replaced")
                    .isEqualTo(409);
            assertThat(room.operator
                            .get("/v1/servers/" + server)
                            .json()
                            .path("spec")
                            .path("state")
                            .asString())
                    .isEqualTo("draining");
            var done = room.operator.post("/v1/maintenances/roll/actions/done", "{}");
            assertThat(done.status()).as(done.body()).isEqualTo(200);
        }
        Together.until(
                "it is done",
                () -> status().path("status").path("phase").asString().equals("done"));
        assertThat(room.operator
                        .post("/v1/maintenances/roll/actions/pause", "{}")
                        .code())
                .isEqualTo("maintenance-ended");
        assertThat(room.operator.post("/v1/maintain", intent).status())
                .as("one that has ended never begins again")
                .isEqualTo(409);
        assertThat(room.operator.delete("/v1/maintenances/roll").status()).isLessThan(300);
    }

    @Test
    void whatMeansNothingIsRefusedByName() {
        assertThat(room.operator
                        .post("/v1/maintain/forecast", "{\"spec\": {\"scope\": {\"server\": \"par1-h09\"}}}")
                        .code())
                .isEqualTo("maintenance-nothing-there");
        for (var wrong : new String[] {
            "{\"spec\": {\"scope\": {}}}",
            "{\"spec\": {\"scope\": {\"server\": \"a\", \"site\": \"b\"}}}",
            "{\"spec\": {\"scope\": {\"site\": \"par1\"}, \"atOnce\": 0}}",
            "{\"spec\": {\"scope\": {\"site\": \"par1\"}, \"work\": \"rest\"}}",
            "{\"name\": \"Not so\", \"spec\": {\"scope\": {\"site\": \"par1\"}}}",
            "{}"
        }) {
            var answer = room.operator.post("/v1/maintain", wrong);
            assertThat(answer.status()).as(wrong + ": " + answer.body()).isEqualTo(400);
        }
    }

    private tools.jackson.databind.JsonNode status() {
        return room.operator.get("/v1/maintenances/roll").json();
    }

    private boolean at(String stage, String server) {
        for (var host : status().path("status").path("hosts"))
            if (host.path("name").asString().equals(server))
                return host.path("stage").asString().equals(stage);
        return false;
    }
}
