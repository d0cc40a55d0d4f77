package regie.engine.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import regie.agent.contract.Claim;
import regie.agent.contract.EngineFault;
import regie.agent.contract.Guest;
import regie.agent.contract.Guest.Power;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.GuestSeen.State;
import regie.agent.contract.Wish;
import regie.agent.contract.WishRefused;
import regie.engine.simulated.Faults.Contact;
import regie.engine.simulated.Faults.Lie;

/** The faults, in virtual time. */
class SimulatedHypervisorTest {
    private static final String HOST = "par1-h01";

    private final VirtualTimeline timeline = new VirtualTimeline();
    private final SimulatedHypervisor host = new SimulatedHypervisor(HOST, new Claim(4, 4096, 40), timeline);

    @Test
    void guestBootsAsLongAsTold() throws Exception {
        host.suffer(Faults.NONE.bootMillis(2_000));
        host.apply(wish(1, guest(1, 1)));
        timeline.advance(1_999);
        assertThat(states()).containsExactly(State.STARTING);
        timeline.advance(1);
        assertThat(states()).containsExactly(State.RUNNING);
    }

    @Test
    void endOfAnOlderStartDoesNotEndANewerOne() throws Exception {
        host.suffer(Faults.NONE.bootMillis(2_000));
        host.apply(wish(1, guest(1, 1)));
        timeline.advance(1_500);
        host.apply(wish(2, guest(1, 2)));
        timeline.advance(1_500);
        assertThat(states()).containsExactly(State.STARTING);
        timeline.advance(500);
        assertThat(states()).containsExactly(State.RUNNING);
    }

    @Test
    void slowHostTakesItsTimeAndThenAnswers() throws Exception {
        host.suffer(Faults.NONE.answerMillis(300));
        host.apply(wish(1, guest(1, 1)));
        assertThat(timeline.nowMillis()).isEqualTo(300);
    }

    @Test
    void partitionedHostIsSilentAndItsGuestsRunOn() throws Exception {
        host.apply(wish(1, guest(1, 1)));
        host.suffer(Faults.NONE.contact(Contact.PARTITIONED));
        assertThat(host.silent()).isTrue();
        assertThatThrownBy(() -> host.apply(wish(2))).isInstanceOf(EngineFault.class);
        host.suffer(Faults.NONE);
        assertThat(host.observe().generation()).isEqualTo(1);
        assertThat(states()).containsExactly(State.RUNNING);
    }

    @Test
    void lostAnswerLeavesTheWishCarriedOut() throws Exception {
        host.suffer(Faults.NONE.contact(Contact.LOSES_ANSWERS));
        assertThatThrownBy(() -> host.apply(wish(1, guest(1, 1)))).isInstanceOf(EngineFault.class);
        host.suffer(Faults.NONE);
        assertThat(host.observe().generation()).isEqualTo(1);
    }

    @Test
    void powerCutCrashesGuestsAndOnlyANewerEpochStartsThem() throws Exception {
        host.apply(wish(1, guest(1, 1)));
        host.crash();
        assertThatThrownBy(host::observe).isInstanceOf(EngineFault.class);
        host.restart();
        assertThat(states()).containsExactly(State.CRASHED);
        host.apply(wish(2, guest(1, 1)));
        assertThat(states()).containsExactly(State.CRASHED);
        host.apply(wish(3, guest(1, 2)));
        assertThat(states()).containsExactly(State.RUNNING);
    }

    @Test
    void fullHostRefusesMoreAndTakesLess() throws Exception {
        host.apply(wish(1, guest(1, 1), guest(2, 1)));
        host.suffer(Faults.NONE.full(true));
        assertThatThrownBy(() -> host.apply(wish(2, guest(1, 1), guest(2, 1), guest(3, 1))))
                .isInstanceOf(WishRefused.class);
        host.apply(wish(3, guest(1, 1)));
        assertThat(states()).containsExactly(State.RUNNING);
    }

    @Test
    void lyingHostTellsWhatItIsToldToTell() throws Exception {
        host.apply(wish(1, guest(1, 1)));
        host.suffer(Faults.NONE.lie(Lie.HIDES_GUESTS));
        assertThat(states()).isEmpty();
        host.suffer(Faults.NONE.lie(Lie.FROZEN));
        host.kill(uid(1));
        assertThat(states()).containsExactly(State.RUNNING);
        host.suffer(Faults.NONE);
        assertThat(states()).containsExactly(State.CRASHED);
        host.suffer(Faults.NONE.lie(Lie.ALL_RUNNING));
        assertThat(states()).containsExactly(State.RUNNING);
    }

    @Test
    void guestThatIsToldToFailStaysFailedUntilANewerEpoch() throws Exception {
        host.suffer(Faults.NONE.bootFails(true));
        host.apply(wish(1, guest(1, 1)));
        host.suffer(Faults.NONE);
        host.apply(wish(2, guest(1, 1)));
        assertThat(states()).containsExactly(State.FAILED);
        host.apply(wish(3, guest(1, 2)));
        assertThat(states()).containsExactly(State.RUNNING);
    }

    @Test
    void guestsOutliveTheirAgent() throws Exception {
        host.resume(wish(4, guest(1, 3)));
        assertThat(host.observe().guests()).containsExactly(new GuestSeen(uid(1), 3, State.RUNNING, 0, 0, ""));
        assertThatThrownBy(() -> host.apply(wish(3))).isInstanceOf(WishRefused.class);
    }

    private List<State> states() throws EngineFault {
        return host.observe().guests().stream().map(GuestSeen::state).toList();
    }

    private static Wish wish(long generation, Guest... guests) {
        return new Wish(HOST, generation, List.of(guests));
    }

    private static Guest guest(int number, long epoch) {
        var machine =
                new Guest.Machine(new Claim(1, 512, 5), List.of(), "", List.of(), new Guest.CloudInit("", "", ""));
        return new Guest(uid(number), "web-" + number, epoch, Power.ON, 0, 0, machine);
    }

    private static UUID uid(int number) {
        return new UUID(0, number);
    }
}
