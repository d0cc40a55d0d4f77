package regie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import regie.testing.Database;
import regie.testing.TestDatabase;

/** What is asked of a room about moves, and that its solver can be asked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RebalanceTest {
    private static final String PROPOSAL = "/v1/rebalance/proposal";

    private final TestRoom room;

    RebalanceTest(@Database TestDatabase database) throws IOException {
        room = new TestRoom(database);
        var applied = room.operator.yaml("/v1/apply", """
                {kind: Site, name: par1, spec: {country: FR, city: Paris}}
                ---
                {kind: Flavor, name: two, spec: {vcpus: 2, memoryMiB: 512}}
                ---
                {kind: Server, name: par1-h01, spec: {site: par1, hypervisor: simulated, numa: [{threads: 4, memoryMiB: 4096}]}}
                """);
        assertThat(applied.status()).as(applied.toString()).isEqualTo(200);
    }

    @AfterAll
    void close() {
        room.close();
    }

    @Test
    void solverIsThereWhenItIsAskedFor() {
        for (var goal : new String[] {"make-room&flavor=two&count=3", "empty-hosts", "evacuate&from=server/par1-h01"}) {
            var answer = room.operator.get(PROPOSAL + "?improve=1&most=5&goal=" + goal);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().hasNonNull("notImproved"))
                    .as(answer.body())
                    .isFalse();
            assertThat(answer.json().path("improved").booleanValue()).isFalse();
        }
        assertThat(room.operator
                        .get(PROPOSAL + "?improve=1")
                        .json()
                        .path("notImproved")
                        .asString())
                .startsWith("there is no program for it");
    }

    @Test
    void whatMeansNothingIsRefusedByName() {
        for (var wrong : new String[] {
            "goal=tidy",
            "goal=make-room",
            "goal=make-room&flavor=none",
            "goal=evacuate",
            "most=101",
            "improve=21",
            "count=2"
        }) {
            var answer = room.operator.get(PROPOSAL + "?" + wrong);
            assertThat(answer.status()).as(wrong + ": " + answer).isEqualTo(400);
        }
        assertThat(room.operator
                        .get(PROPOSAL + "?goal=evacuate&from=server/par1-h09")
                        .code())
                .isEqualTo("nothing-to-lose");
    }
}
