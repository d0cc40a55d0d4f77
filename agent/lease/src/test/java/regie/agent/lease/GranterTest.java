package regie.agent.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static regie.agent.lease.LeaseTest.at;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GranterTest {
    private static final Refusals A3 = new Refusals(7, Map.of("a", 3L));

    @Test
    void aVoterRefusesAtOnceAndPromisesOnlyWhatIsOnItsDisk() {
        var voter = Voter.remembering("b", Refusals.NONE, 0);
        assertThat(kind(voter, 1000)).isEqualTo(Answer.Kind.GRANTED);
        assertThat(voter.take(A3)).isTrue();
        assertThat(kind(voter, 1500)).isEqualTo(Answer.Kind.REFUSED);
        assertThat(voter.refused(at(1600))).isEmpty();
        voter.written(7);
        assertThat(voter.refused(at(1700))).containsExactly(new Refused("b", "a", 3, at(700)));
    }

    @Test
    void anOlderListChangesNothingAndANewerOneLifts() {
        var voter = Voter.remembering("b", A3, 0);
        assertThat(voter.take(new Refusals(6, Map.of()))).isFalse();
        assertThat(kind(voter, 100)).isEqualTo(Answer.Kind.REFUSED);
        assertThat(voter.take(new Refusals(8, Map.of()))).isTrue();
        assertThat(kind(voter, 200)).isEqualTo(Answer.Kind.GRANTED);
    }

    @Test
    void afterARestartTheElapsedTimeCountsFromTheStart() {
        var voter = Voter.remembering("b", A3, at(5000));
        assertThat(voter.refused(at(5100))).containsExactly(new Refused("b", "a", 3, at(100)));
    }

    @Test
    void aVoterThatHasLostItsDiskGrantsNothingUntilTheLongestLeaseHasPassed() {
        var voter = Voter.forgetful("b", at(1000));
        assertThat(kind(voter, 11_060)).isEqualTo(Answer.Kind.ABSTAINED);
        assertThat(kind(voter, 11_080)).isEqualTo(Answer.Kind.GRANTED);
    }

    @Test
    void theRoomGrantsOnlyByAListThatItBeganToReadLessThanASecondAgo() {
        var room = new RoomVoice("s1", 0);
        assertThat(kind(room, 10)).isEqualTo(Answer.Kind.ABSTAINED);
        room.read(Refusals.NONE, at(100));
        assertThat(kind(room, 1099)).isEqualTo(Answer.Kind.GRANTED);
        assertThat(kind(room, 1100)).isEqualTo(Answer.Kind.ABSTAINED);
        room.read(A3, at(1200));
        room.read(Refusals.NONE, at(1300));
        assertThat(kind(room, 1310)).isEqualTo(Answer.Kind.REFUSED);
        assertThat(room.refused(at(2099))).containsExactly(new Refused("s1", "a", 3, at(1000)));
    }

    /** It is told all the same, so that it finds out when answers come again. */
    @Test
    void whoHearsNoAnswersIsGrantedNothing() {
        var voter = Voter.remembering("b", Refusals.NONE, 0);
        var room = new RoomVoice("s1", 0);
        room.read(Refusals.NONE, 0);
        assertThat(kind(voter, 100)).isEqualTo(Answer.Kind.GRANTED);
        assertThat(kind(room, 100)).isEqualTo(Answer.Kind.GRANTED);
        assertThat(voter.heard(deaf(), at(300)).kind()).isEqualTo(Answer.Kind.ABSTAINED);
        assertThat(room.heard(deaf(), at(300)).kind()).isEqualTo(Answer.Kind.ABSTAINED);
        voter.take(A3);
        voter.written(7);
        room.read(A3, at(400));
        assertThat(voter.refused(at(500))).containsExactly(new Refused("b", "a", 3, at(400)));
        assertThat(room.refused(at(500))).containsExactly(new Refused("s1", "a", 3, at(400)));
    }

    @Test
    void theBeatsThatNobodyAnsweredWereNone() {
        var ears = new Ears(LeaseProfile.BEAT);
        for (int now = 0; now <= 4000; now += 200) ears.heard(beat(), at(now));
        assertThat(ears.misses("a", at(4200))).isFalse();
        ears.heard(deaf(), at(4200));
        assertThat(ears.silentNanos("a", at(4200))).contains(at(600));
        assertThat(ears.misses("a", at(4200))).isTrue();
        ears.heard(deaf(), at(4400));
        assertThat(ears.silentNanos("a", at(4400))).contains(at(800));
        ears.heard(beat(), at(4600));
        assertThat(ears.misses("a", at(4700))).isFalse();
    }

    @Test
    void whatAHostMayCountByIsAllThatWasMadeSinceItLastSettled() {
        var one = LeaseTest.terms(1, LeaseProfile.SAFE, "b");
        var two = LeaseTest.terms(2, LeaseProfile.FAST, "c");
        var possible = PossibleTerms.none("a").with(one).with(two);
        assertThat(possible.settled(1).terms()).containsExactly(one, two);
        assertThat(possible.settled(2).terms()).containsExactly(two);
        assertThat(possible.settled(2).settled(1).terms()).as("overtaken").containsExactly(two);
        var lost = possible.settled(2).lost();
        assertThat(lost.terms()).containsExactly(LeaseTest.terms(3, LeaseProfile.NONE));
        assertThat(lost.with(LeaseTest.terms(4, LeaseProfile.SAFE, "b"))
                        .settled(2)
                        .terms())
                .as("a beat of its earlier life says nothing")
                .hasSize(2);
    }

    @Test
    void twoPathsHaveToMissAHost() {
        var hears = Suspicion.Ear.HEARS;
        var misses = Suspicion.Ear.MISSES;
        var unknown = Suspicion.Ear.UNKNOWN;
        assertThat(Suspicion.of(false, List.of(hears, hears, misses))).isEqualTo(Suspicion.NONE);
        assertThat(Suspicion.of(true, List.of(hears, misses))).isEqualTo(Suspicion.BY_ROOM_ALONE);
        assertThat(Suspicion.of(true, List.of(unknown, unknown))).isEqualTo(Suspicion.BY_ROOM_ALONE);
        assertThat(Suspicion.of(false, List.of(misses, misses, hears))).isEqualTo(Suspicion.BY_VOTERS_ALONE);
        assertThat(Suspicion.of(true, List.of(misses, unknown, unknown))).isEqualTo(Suspicion.BY_BOTH);
    }

    private static Answer.Kind kind(Voter voter, long millis) {
        return voter.heard(beat(), at(millis)).kind();
    }

    private static Answer.Kind kind(RoomVoice room, long millis) {
        return room.heard(beat(), at(millis)).kind();
    }

    private static Beat beat() {
        return new Beat("a", 1, 1, 0, true, true);
    }

    private static Beat deaf() {
        return new Beat("a", 1, 1, 0, false, true);
    }
}
