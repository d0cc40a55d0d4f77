package regie.agent.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private static final Terms SAFE = terms(1, LeaseProfile.SAFE, "b", "c", "d");

    @Test
    void aBootedHostRunsNothingBeforeTheRoomHasSpoken() {
        var lease = Lease.begun("a", 1, List.of(SAFE));
        lease.round(at(1000));
        answer(lease, "b", 1, 1010);
        answer(lease, "c", 1, 1010);
        answer(lease, "d", 1, 1010);
        assertThat(lease.state(at(1020))).isEqualTo(new Lease.State.Lapsed(0));

        answer(lease, Answer.ROOM, 1, 1030);
        assertThat(lease.state(at(1040))).isEqualTo(new Lease.State.Held(at(9000)));
    }

    @Test
    void theLeaseRunsFromTheSendingOfTheBeatHoweverLateItsAnswerIs() {
        var lease = held();
        lease.round(at(2000));
        lease.round(at(2200));
        answer(lease, Answer.ROOM, 2, 7000);
        assertThat(lease.runUntil(at(7000))).contains(at(10_000));
        answer(lease, Answer.ROOM, 2, 8000);
        assertThat(lease.runUntil(at(8000)))
                .as("a repeated answer gives nothing")
                .contains(at(10_000));
    }

    @Test
    void aMajorityOfTheVotersCarriesItWithoutTheRoom() {
        var lease = held();
        for (long second = 2; second < 60; second++) {
            lease.round(at(second * 1000));
            answer(lease, "b", second, second * 1000 + 5);
            answer(lease, "d", second, second * 1000 + 9);
        }
        assertThat(lease.runUntil(at(60_000))).contains(at(67_000));
        assertThat(lease.state(at(67_100))).isEqualTo(new Lease.State.Lapsed(at(67_000)));
        assertThat(lease.runUntil(at(70_000))).as("it stays in the past").contains(at(67_000));
    }

    @Test
    void oneVoterOfThreeCarriesNothingNorDoesOneWhoDoesNotVote() {
        var lease = held();
        lease.round(at(5000));
        answer(lease, "b", 2, 5001);
        answer(lease, "x", 2, 5001);
        assertThat(lease.runUntil(at(5010))).contains(at(9000));
    }

    @Test
    void anEndThatHasPassedIsFinalForVotersAndForAnswersOnTheirWay() {
        var lease = held();
        lease.round(at(8900));
        answer(lease, "b", 2, 9001);
        answer(lease, "c", 2, 9001);
        answer(lease, Answer.ROOM, 2, 9002);
        assertThat(lease.state(at(9003))).isEqualTo(new Lease.State.Lapsed(at(9000)));
        assertThat(lease.beat("b", at(9003)).held()).isFalse();

        lease.round(at(9100));
        answer(lease, Answer.ROOM, 3, 9110);
        assertThat(lease.state(at(9120))).isEqualTo(new Lease.State.Held(at(17_100)));
    }

    @Test
    void whatTheWardenHasStoppedIsOverThoughAnAnswerCame() {
        var lease = held();
        lease.stopped(at(3000));
        assertThat(lease.state(at(3000))).isEqualTo(new Lease.State.Lapsed(at(3000)));
    }

    @Test
    void anAnswerToAnEarlierStartOfTheAgentGivesNothing() {
        var lease = Lease.resumed("a", 2, List.of(SAFE), Optional.of(at(5000)));
        lease.round(at(4000));
        lease.answered(new Answer(Answer.ROOM, "a", 1, 1, Answer.Kind.GRANTED), at(4100));
        assertThat(lease.runUntil(at(4200))).contains(at(5000));
        assertThat(lease.state(at(5000))).isEqualTo(new Lease.State.Lapsed(at(5000)));
    }

    @Test
    void withoutTermsOrWithTermsThatHaveNoLeaseNothingIsEverStopped() {
        var lease = Lease.resumed("a", 1, List.of(), Optional.empty());
        assertThat(lease.runUntil(at(1_000_000))).isEmpty();
        assertThat(lease.state(at(1_000_000))).isEqualTo(new Lease.State.Free());
    }

    @Test
    void anAgentThatLostItsTermsIsBoundByWhatTheWardenWasTold() {
        var lease = Lease.resumed("a", 2, List.of(), Optional.of(at(5000)));
        assertThat(lease.runUntil(at(4000))).contains(at(5000));
        assertThat(lease.newest()).isZero();
        lease.take(new Terms("a", 7, LeaseProfile.NONE, List.of()), at(4500));
        lease.written(lease.terms(), at(4600));
        assertThat(lease.state(at(6000))).isEqualTo(new Lease.State.Free());
        assertThat(lease.beat("b", at(6000)).settled()).isEqualTo(7);

        var late = Lease.resumed("a", 2, List.of(), Optional.of(at(5000)));
        late.take(new Terms("a", 7, LeaseProfile.NONE, List.of()), at(5500));
        assertThat(late.state(at(6000))).isEqualTo(new Lease.State.Lapsed(at(5000)));
    }

    @Test
    void newTermsCountBesideTheOldUntilTheirVotersWouldDo() {
        var lease = held();
        var next = terms(2, LeaseProfile.SAFE, "x", "y", "z");
        lease.take(next, at(1500));
        assertThat(lease.terms()).containsExactly(SAFE, next);
        assertThat(lease.voters()).hasSize(6);

        lease.round(at(2000));
        answer(lease, "b", 2, 2001);
        answer(lease, "c", 2, 2001);
        assertThat(lease.runUntil(at(2002))).contains(at(10_000));
        answer(lease, "x", 2, 2003);
        answer(lease, "y", 2, 2004);
        assertThat(lease.terms()).containsExactly(next);
        assertThat(lease.beat("x", at(2004)).settled())
                .as("not on the disk yet")
                .isEqualTo(1);
        lease.written(List.of(next), at(2005));
        assertThat(lease.beat("x", at(2005)).settled()).isEqualTo(2);
    }

    @Test
    void shorterTermsAreSettledOnlyOnceTheLongerAreOutlasted() {
        var lease = held();
        var fast = terms(2, LeaseProfile.FAST, "b", "c", "d");
        lease.take(fast, at(1500));
        lease.round(at(2000));
        answer(lease, "b", 2, 2001);
        answer(lease, "c", 2, 2001);
        lease.written(lease.terms(), at(2002));
        assertThat(lease.terms()).containsExactly(fast);
        assertThat(lease.runUntil(at(2002))).as("carried from the old").contains(at(10_000));
        assertThat(lease.beat("b", at(2002)).settled()).isEqualTo(1);
        int sequence = 2;
        for (int now = 2200; now <= 9400; now += 200) {
            lease.round(at(now));
            answer(lease, "b", ++sequence, now + 1);
            answer(lease, "c", sequence, now + 1);
        }
        assertThat(lease.beat("b", at(9402)).settled()).isEqualTo(2);
        assertThat(lease.runUntil(at(9402))).contains(at(10_400));
    }

    /** Sequence 1 was sent at 1000 to nobody that is asked for here; from then on all go to b and to the room. */
    @Test
    void aHostSaysWhoseAnswersAreOverdue() {
        var lease = held();
        for (long beat = 2; beat <= 9; beat++) {
            long now = 800 + beat * 200;
            lease.round(at(now));
            assertThat(lease.beat("b", at(now)).hears()).as("beat %d", beat).isEqualTo(beat <= 5 || beat == 9);
            assertThat(lease.beat(Answer.ROOM, at(now)).hears()).isTrue();
            if (beat <= 3) answer(lease, "b", beat, now + 10);
            if (beat == 8) lease.answered(new Answer("b", "a", 1, 8, Answer.Kind.ABSTAINED), at(now + 10));
            answer(lease, Answer.ROOM, beat, now + 10);
        }
    }

    @Test
    void aHostThatStoodStillItselfDoesNotTakeOthersForSilent() {
        var lease = held();
        lease.round(at(1200));
        assertThat(lease.beat("b", at(1200)).hears()).isTrue();
        lease.round(at(1700));
        assertThat(lease.beat("b", at(1700)).hears()).isTrue();
    }

    @Test
    void beatsThatAreFarApartAreOverdueEachByItself() {
        var lease = held();
        for (int now = 1200; now <= 3600; now += 200) {
            lease.round(at(now));
            if (now % 800 != 400) continue;
            assertThat(lease.beat("b", at(now)).hears()).as("at %d", now).isEqualTo(now < 3600);
            if (now == 1200) answer(lease, "b", 2, 1210);
            if (now == 2000) answer(lease, "b", 6, 2010);
        }
    }

    @Test
    void termsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> terms(1, LeaseProfile.SAFE)).hasMessageContaining("without a voter");
        assertThatThrownBy(() -> terms(1, LeaseProfile.SAFE, "a")).hasMessageContaining("vote for itself");
        assertThatThrownBy(() -> terms(1, LeaseProfile.SAFE, "b", "b")).hasMessageContaining("twice");
        assertThatThrownBy(() -> terms(1, LeaseProfile.NONE, "b")).hasMessageContaining("no lease");
        assertThatThrownBy(() -> held().take(Terms.none("b"), 0)).hasMessageContaining("sent to a");
    }

    /** Begun at 1 s, granted by the room until 9 s. */
    private static Lease held() {
        var lease = Lease.begun("a", 1, List.of(SAFE));
        lease.written(List.of(SAFE), at(900));
        lease.round(at(1000));
        lease.beat("b", at(1000));
        answer(lease, Answer.ROOM, 1, 1001);
        assertThat(lease.runUntil(at(1002))).isEqualTo(Optional.of(at(9000)));
        return lease;
    }

    private static void answer(Lease lease, String by, long sequence, long millis) {
        lease.answered(new Answer(by, "a", 1, sequence, Answer.Kind.GRANTED), at(millis));
    }

    static Terms terms(long number, LeaseProfile profile, String... voters) {
        return new Terms(
                "a",
                number,
                profile,
                List.of(voters).stream()
                        .map(each -> new Terms.VoterAddress(each, each + ":7443"))
                        .toList());
    }

    static long at(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
