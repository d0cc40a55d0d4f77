package regie.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.agent.contract.Claim;
import regie.engine.simulated.Faults;
import regie.engine.simulated.VirtualTimeline;

class FaultsFileTest {
    @Test
    void hostsSufferWhatTheFileSaysForAsLongAsItSaysSo(@TempDir Path folder) throws Exception {
        var timeline = new VirtualTimeline();
        var hosts = new SimulatedHosts(new Claim(1, 1, 1), 7, timeline);
        var first = hosts.open("h1", Optional.empty());
        var second = hosts.open("h2", Optional.empty());
        var file = folder.resolve("faults");
        new FaultsFile(file, hosts, timeline).watch();
        assertThat(first.silent().getAsBoolean()).isFalse();

        Files.writeString(file, "# night\nh[1-2] contact=partitioned\nh2 dead\n");
        timeline.advance(500);
        assertThat(first.silent().getAsBoolean()).isTrue();
        assertThat(second.silent().getAsBoolean()).isTrue();

        Files.writeString(file, "h2 full");
        timeline.advance(500);
        assertThat(first.silent().getAsBoolean()).isFalse();
        assertThat(second.silent().getAsBoolean()).isFalse();
    }

    @Test
    void linesAreReadAsWritten() {
        var told = FaultsFile.parse(
                "h1 boot-millis=5 answer-millis=6 lie=all-running full boot-fails move-millis=7 moves=lose-word no-warden disk=hangs reboots=stay-down");
        assertThat(told.get("h1")).isNotNull();
        assertThat(told)
                .hasEntrySatisfying(
                        "h1",
                        it -> assertThat(it.faults(Faults.NONE))
                                .isEqualTo(new Faults(
                                        5,
                                        6,
                                        Faults.Contact.ANSWERS,
                                        Faults.Lie.ALL_RUNNING,
                                        true,
                                        true,
                                        7,
                                        Faults.Moves.LOSE_WORD,
                                        true,
                                        Faults.Disk.HANGS,
                                        Faults.Reboots.STAY_DOWN)));
    }

    @Test
    void wordThatIsNoFaultIsRefusedWithItsLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaultsFile.parse("h1 full\nh2 drunk"))
                .withMessage("line 2: 'drunk' is no fault");
    }
}
