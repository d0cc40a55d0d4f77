package regie.agent.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static regie.agent.lease.LeaseTest.at;
import static regie.agent.lease.LeaseTest.terms;

import java.util.Set;
import org.junit.jupiter.api.Test;

class RunOutTest {
    private static final PossibleTerms SAFE = PossibleTerms.none("a")
            .with(terms(1, LeaseProfile.SAFE, "b", "c", "d"))
            .settled(1);

    @Test
    void twoOfThreeVotersAndTheRoomHaveToPromise() {
        var proof = new RunOut("a", 3, SAFE, Set.of("s1"), at(20_000));
        proof.heard(new Refused("s1", "a", 3, at(900)), at(20_000));
        proof.heard(new Refused("b", "a", 3, at(1000)), at(20_100));
        assertThat(proof.provenFrom()).isEmpty();
        proof.heard(new Refused("d", "a", 3, at(500)), at(20_100));
        // The newest bound is d's: 19,600 ms. Ten seconds, two thousandths of them, and 50 ms.
        assertThat(proof.provenFrom()).contains(at(19_600 + 10_000 + 20 + 50));
        assertThat(proof.proven(at(29_669))).isFalse();
        assertThat(proof.proven(at(29_670))).isTrue();
        proof.heard(new Refused("c", "a", 3, at(9000)), at(20_100));
        assertThat(proof.provenFrom())
                .as("c's grants are older, so the room's are the last")
                .contains(at(19_100 + 10_070));
    }

    @Test
    void aServerThatDoesNotAnswerMayHaveGrantedASecondLonger() {
        var proof = new RunOut("a", 3, SAFE, Set.of("s1", "s2"), at(20_000));
        proof.heard(new Refused("s1", "a", 3, at(5000)), at(20_000));
        proof.heard(new Refused("b", "a", 3, at(5000)), at(20_000));
        proof.heard(new Refused("c", "a", 3, at(5000)), at(20_000));
        assertThat(proof.provenFrom()).contains(at(20_000 + 1052 + 10_070));
    }

    @Test
    void promisesOfAnotherCondemnationOrHostOrOfStrangersDoNotCount() {
        var proof = new RunOut("a", 3, SAFE, Set.of("s1"), at(0));
        proof.heard(new Refused("b", "a", 2, at(5000)), at(20_000));
        proof.heard(new Refused("c", "x", 3, at(5000)), at(20_000));
        proof.heard(new Refused("x", "a", 3, at(5000)), at(20_000));
        assertThat(proof.provenFrom()).isEmpty();
    }

    @Test
    void allTermsThatItMayBeCountingByHaveToRunOut() {
        var possible = SAFE.with(terms(2, LeaseProfile.FAST, "x"));
        var proof = new RunOut("a", 3, possible, Set.of("s1"), at(0));
        proof.heard(new Refused("s1", "a", 3, at(5000)), at(20_000));
        proof.heard(new Refused("x", "a", 3, at(5000)), at(20_000));
        assertThat(proof.provenFrom()).isEmpty();
        proof.heard(new Refused("b", "a", 3, at(4000)), at(20_000));
        proof.heard(new Refused("c", "a", 3, at(4000)), at(20_000));
        assertThat(proof.provenFrom()).contains(at(16_000 + 10_070));
    }

    @Test
    void aHostThatMayHaveNoLeaseNeverRunsOut() {
        var proof = new RunOut("a", 3, PossibleTerms.none("a"), Set.of("s1"), at(0));
        proof.heard(new Refused("s1", "a", 3, at(1_000_000)), at(2_000_000));
        assertThat(proof.provenFrom()).isEmpty();
    }
}
