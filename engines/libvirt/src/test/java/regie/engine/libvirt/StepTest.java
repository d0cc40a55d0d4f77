package regie.engine.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static regie.agent.contract.Guest.Power.OFF;
import static regie.agent.contract.Guest.Power.ON;
import static regie.engine.libvirt.GuestTag.Stage.BUILDING;
import static regie.engine.libvirt.GuestTag.Stage.SETTLED;
import static regie.engine.libvirt.GuestTag.Stage.STARTING;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import regie.agent.contract.Guest;
import regie.agent.contract.Guest.Power;

class StepTest {
    private static final int RUNNING = 1;
    private static final int SHUT_OFF = 5;

    @Test
    void unknownGuestIsBuiltAndStarted() {
        assertThat(step(Optional.empty(), guest(1, ON, 0, 0))).isEqualTo("start, new disk");
    }

    @Test
    void unknownGuestThatIsToBeOffIsOnlyDefined() {
        assertThat(step(Optional.empty(), guest(1, OFF, 0, 0))).isEqualTo("stop, new disk");
    }

    @Test
    void unwishedGuestIsRemoved() {
        assertThat(Step.next(domain(1, ON, 0, 0, SETTLED, RUNNING), Optional.empty()))
                .isEqualTo(new Step.Remove());
        assertThat(Step.next(Optional.empty(), Optional.empty())).isEqualTo(new Step.Remove());
    }

    @Test
    void runningGuestIsLeftAlone() {
        assertThat(step(domain(1, ON, 2, 3, SETTLED, RUNNING), guest(1, ON, 2, 3)))
                .isEqualTo("leave");
    }

    @Test
    void crashedGuestWaitsForANewerEpoch() {
        var crashed = domain(1, ON, 0, 0, SETTLED, SHUT_OFF);
        assertThat(step(crashed, guest(1, ON, 0, 0))).isEqualTo("leave");
        assertThat(step(crashed, guest(1, ON, 1, 1))).isEqualTo("leave");
        assertThat(step(crashed, guest(2, ON, 0, 0))).isEqualTo("start");
    }

    @Test
    void guestThatWasOffStartsWithTheDiskItHad() {
        assertThat(step(domain(1, OFF, 0, 0, SETTLED, SHUT_OFF), guest(1, ON, 0, 0)))
                .isEqualTo("start");
    }

    @Test
    void rebuildOfAGuestThatIsOffWaitsForItsStart() {
        assertThat(step(domain(1, OFF, 0, 0, SETTLED, SHUT_OFF), guest(1, OFF, 0, 1)))
                .isEqualTo("stop, new disk");
        assertThat(step(domain(1, OFF, 0, 1, BUILDING, SHUT_OFF), guest(1, OFF, 0, 1)))
                .isEqualTo("leave");
        assertThat(step(domain(1, OFF, 0, 1, BUILDING, SHUT_OFF), guest(1, ON, 0, 1)))
                .isEqualTo("start, new disk");
    }

    @Test
    void rebootIsGentleAndRebuildIsNot() {
        assertThat(step(domain(1, ON, 0, 0, SETTLED, RUNNING), guest(1, ON, 1, 0)))
                .isEqualTo("start, gently");
        assertThat(step(domain(1, ON, 0, 0, SETTLED, RUNNING), guest(1, ON, 1, 1)))
                .isEqualTo("start, new disk");
    }

    @Test
    void newerEpochOfARunningGuestStartsItAnew() {
        assertThat(step(domain(1, ON, 0, 0, SETTLED, RUNNING), guest(2, ON, 0, 0)))
                .isEqualTo("start");
    }

    @Test
    void whatAnEarlierAgentDidNotFinishIsBegunAgain() {
        assertThat(step(domain(1, ON, 0, 0, STARTING, RUNNING), guest(1, ON, 0, 0)))
                .isEqualTo("start");
        assertThat(step(domain(1, ON, 0, 0, STARTING, SHUT_OFF), guest(1, ON, 0, 0)))
                .isEqualTo("start");
        assertThat(step(domain(1, ON, 0, 1, BUILDING, RUNNING), guest(1, ON, 0, 1)))
                .isEqualTo("start, new disk");
        assertThat(step(domain(1, OFF, 0, 0, SETTLED, RUNNING), guest(1, OFF, 0, 0)))
                .isEqualTo("stop");
    }

    private static String step(Optional<DomainSeen> present, Guest wished) {
        return switch (Step.next(present, Optional.of(wished))) {
            case Step.Leave() -> "leave";
            case Step.Remove() -> "remove";
            case Step.Await _ -> "await";
            case Step.LetIn _ -> "let in";
            case Step.Depart _ -> "depart";
            case Step.Recover _ -> "recover";
            case Step.GoOn _ -> "go on";
            case Step.Stop(var guest, var build) -> {
                assertThat(guest).isEqualTo(wished);
                yield "stop" + (build ? ", new disk" : "");
            }
            case Step.Start(var guest, var build, var gently) -> {
                assertThat(guest).isEqualTo(wished);
                yield "start" + (build ? ", new disk" : "") + (gently ? ", gently" : "");
            }
        };
    }

    private static Guest guest(long epoch, Power power, int reboots, int builds) {
        return Guests.guest(epoch, power, reboots, builds);
    }

    private static Optional<DomainSeen> domain(
            long epoch, Power power, int reboots, int builds, GuestTag.Stage stage, int state) {
        return Optional.of(new DomainSeen(Guests.UID, new GuestTag(epoch, power, reboots, builds, stage), state, 0));
    }
}
