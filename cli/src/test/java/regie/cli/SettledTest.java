package regie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettledTest {
    @Test
    void aFleetIsSettledWithAllItsMembersRunningAndNoneTooMany() {
        assertThat(Settled.awaits(Json.read(fleet(3, 3, 3, "")))).isEmpty();
        assertThat(Settled.awaits(Json.read(fleet(3, 3, 2, "")))).contains("2 of 3 running");
        assertThat(Settled.awaits(Json.read(fleet(1, 3, 1, "")))).contains("1 of 1 running");
    }

    @Test
    void aHoldIsWhatIsAwaited() {
        var held = fleet(3, 3, 3, "{\"code\": \"no-room\", \"detail\": \"no room for one\"}");
        assertThat(Settled.awaits(Json.read(held))).contains("no room for one");
    }

    @Test
    void anInstanceIsSettledRunningOrAsWantedOff() {
        assertThat(Settled.awaits(Json.read(instance("on", "running")))).isEmpty();
        assertThat(Settled.awaits(Json.read(instance("on", "starting")))).contains("starting, to be running");
        assertThat(Settled.awaits(Json.read(instance("off", "running")))).contains("running, to be stopped");
        assertThat(Settled.awaits(Json.read(instance("off", "stopped")))).isEmpty();
    }

    private static String fleet(int count, int members, int running, String hold) {
        return """
                {"kind": "Fleet", "spec": {"count": %d}, "status": {"members": %d, "running": %d, "holds": [%s]}}""".formatted(count, members, running, hold);
    }

    private static String instance(String power, String stage) {
        return """
                {"kind": "Instance", "spec": {"power": "%s"}, "status": {"stage": "%s", "holds": []}}""".formatted(power, stage);
    }
}
