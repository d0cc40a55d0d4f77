package regie.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static regie.agent.daemon.Wishes.HOST;
import static regie.agent.daemon.Wishes.guest;
import static regie.agent.daemon.Wishes.wish;

import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.agent.channel.FromHost;
import regie.agent.channel.RoomLine;
import regie.agent.contract.Claim;
import regie.agent.contract.GuestSeen.State;
import regie.agent.contract.Report;
import regie.agent.contract.Vitals;
import regie.agent.contract.WishRefused;
import regie.engine.simulated.Faults;
import regie.engine.simulated.Faults.Contact;
import regie.engine.simulated.SimulatedHypervisor;
import regie.engine.simulated.VirtualTimeline;

/** One host's loop in virtual time, on a simulated engine and with a line that writes down what it is told. */
class HostLoopTest {
    private final VirtualTimeline timeline = new VirtualTimeline();
    private final Line line = new Line();
    private SimulatedHypervisor hypervisor;
    private HostLoop loop;

    @TempDir
    Path folder;

    @BeforeEach
    void begin() throws Exception {
        hypervisor = new SimulatedHypervisor(HOST, new Claim(4, 4096, 40), timeline);
        loop = start(hypervisor);
    }

    private HostLoop start(SimulatedHypervisor on) throws Exception {
        var engine = new Engine(on, on::silent, () -> false, new SimulatedMachine(on, timeline));
        var started = new HostLoop(HOST, engine, new WishStore(folder, true), timeline, Runnable::run);
        started.start(line, new ConsoleDesk(on, line, HostLoopTest::noConsole, Runnable::run), Optional.empty(), 0);
        return started;
    }

    @Test
    void wishIsTakenAndReportedAtOnce() {
        line.said.clear();
        loop.wish(wish(3, guest(1, 1)));
        assertThat(line.said).containsExactly("report 3 [RUNNING]");
    }

    @Test
    void bootIsReportedWhenItEnds() {
        timeline.advance(0);
        hypervisor.suffer(Faults.NONE.bootMillis(300));
        loop.wish(wish(3, guest(1, 1)));
        line.said.clear();
        timeline.advance(299);
        assertThat(line.said).isEmpty();
        timeline.advance(1);
        assertThat(line.said).containsExactly("report 3 [RUNNING]");
    }

    @Test
    void beatsEachSecondAndReportsInFullEachTenth() {
        timeline.advance(0);
        line.said.clear();
        timeline.advance(20_000);
        assertThat(line.said.stream().filter("beat"::equals)).hasSize(20);
        assertThat(line.said.stream().filter(said -> said.startsWith("report"))).hasSize(2);
    }

    @Test
    void reportIsSaidAgainWhenTheRoomHearsAgain() {
        loop.wish(wish(3, guest(1, 1)));
        line.said.clear();
        loop.heard();
        assertThat(line.said).containsExactly("report 3 [RUNNING]");
    }

    @Test
    void olderWishIsRefusedAlsoAfterTheAgentsOwnRestart() throws Exception {
        loop.wish(wish(3, guest(1, 1)));
        loop.close();
        var fresh = new SimulatedHypervisor(HOST, new Claim(4, 4096, 40), timeline);
        var again = start(fresh);
        assertThat(again.newestGeneration()).isEqualTo(3);
        assertThat(fresh.observe().generation()).as("goes on without the room").isEqualTo(3);
        line.said.clear();
        again.wish(wish(2));
        assertThat(line.said).containsExactly("refused 2 STALE");
        assertThat(fresh.observe().guests()).hasSize(1);
    }

    @Test
    void wishThatDoesNotFitIsRefusedAndNotKept() throws Exception {
        loop.wish(wish(3, guest(1, 1)));
        line.said.clear();
        loop.wish(wish(4, guest(1, 1), guest(2, 1), guest(3, 1), guest(4, 1), guest(5, 1)));
        assertThat(line.said).containsExactly("refused 4 OVERFULL");
        assertThat(new WishStore(folder, true).newest(HOST)).contains(wish(3, guest(1, 1)));
    }

    @Test
    void engineThatGivesNoAnswerIsAskedAgain() throws Exception {
        hypervisor.suffer(Faults.NONE.contact(Contact.LOSES_ANSWERS));
        line.said.clear();
        loop.wish(wish(3, guest(1, 1)));
        assertThat(line.said).isEmpty();
        hypervisor.suffer(Faults.NONE);
        timeline.advance(1_000);
        assertThat(line.said).contains("report 3 [RUNNING]");
    }

    @Test
    void silentHostSaysNothingAndCallsAgainWhenItIsBack() {
        timeline.advance(0);
        hypervisor.crash();
        line.said.clear();
        loop.wish(wish(3, guest(1, 1)));
        timeline.advance(30_000);
        assertThat(line.said).isEmpty();
        hypervisor.restart();
        timeline.advance(1_000);
        assertThat(line.said).contains("again", "beat");
        assertThat(loop.newestGeneration())
                .as("what was said in the silence was not heard")
                .isZero();
    }

    @Test
    void deathOfAGuestIsReportedAtOnce() {
        loop.wish(wish(3, guest(1, 1)));
        line.said.clear();
        hypervisor.kill(new UUID(0, 1));
        assertThat(line.said).containsExactly("report 3 [CRASHED]");
    }

    @Test
    void hostThatIsToldToBootAnewDoesSoOnceAndOnlyFromTheBootThatIsNamed() {
        timeline.advance(0);
        var boot = examined().boot();
        loop.reboot("another");
        assertThat(hypervisor.dead()).isFalse();
        loop.reboot(boot);
        assertThat(hypervisor.dead()).isTrue();
        timeline.advance(SimulatedMachine.DOWN_MILLIS + 2_000);
        assertThat(hypervisor.dead()).isFalse();
        assertThat(examined().boot()).isNotEqualTo(boot);
        loop.reboot(boot);
        assertThat(hypervisor.dead())
                .as("what comes late is about the boot before")
                .isFalse();
    }

    @Test
    void hostWithGuestsDoesNotBootAnewWhateverIsSaid() {
        loop.wish(wish(3, guest(1, 1)));
        timeline.advance(1_000);
        loop.reboot(examined().boot());
        assertThat(hypervisor.dead()).isFalse();
        loop.wish(wish(4));
        loop.reboot(examined().boot());
        assertThat(hypervisor.dead()).as("it is tried again once nothing runs").isTrue();
    }

    @Test
    void vitalsTellForHowLongTheDiskAndTheEngineHaveNotAnswered() {
        timeline.advance(0);
        assertThat(examined()).isEqualTo(new Vitals(hypervisor.boot(), true, 0, 0, ""));
        hypervisor.suffer(Faults.NONE.disk(Faults.Disk.HANGS).contact(Contact.LOSES_ANSWERS));
        timeline.advance(40_000);
        assertThat(examined().diskMillis()).isBetween(38_000L, 40_000L);
        assertThat(examined().lookedMillis()).isBetween(30_000L, 40_000L);
        hypervisor.suffer(Faults.NONE);
        timeline.advance(30_000);
        assertThat(examined().diskMillis()).isZero();
        assertThat(examined().lookedMillis()).isLessThan(11_000);
    }

    private Vitals examined() {
        return line.examined.orElseThrow();
    }

    private static ByteChannel noConsole(UUID session) {
        throw new IllegalStateException("no console in this test: " + session);
    }

    private static final class Line implements RoomLine {
        final List<String> said = new ArrayList<>();
        Optional<Vitals> examined = Optional.empty();

        @Override
        public void report(Report report) {
            List<State> states =
                    report.guests().stream().map(seen -> seen.state()).toList();
            said.add("report %d %s".formatted(report.generation(), states));
        }

        @Override
        public void beat() {
            said.add("beat");
        }

        @Override
        public void refused(long generation, WishRefused.Reason reason, String detail) {
            said.add("refused %d %s".formatted(generation, reason));
        }

        @Override
        public void consoleLog(long request, byte[] bytes, String failure) {
            said.add("log " + request);
        }

        @Override
        public void consoleRefused(UUID session, String reason) {
            said.add("no console " + reason);
        }

        @Override
        public void examined(Vitals vitals) {
            examined = Optional.of(vitals);
        }

        @Override
        public void lease(FromHost.OfLease word) {
            said.add("lease " + word);
        }

        @Override
        public void again() {
            said.add("again");
        }

        @Override
        public void close() {
            said.add("closed");
        }
    }
}
