package regie.agent.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VotersTest {
    @ParameterizedTest(name = "{0} others: {1} voters")
    @CsvSource({"0, 0", "1, 1", "2, 1", "3, 3", "4, 3", "5, 5", "100, 5"})
    void votersAreAnOddNumber(int others, int voters) {
        assertThat(Voters.choose("h0", "r0", hosts(others + 1, 3))).hasSize(voters);
    }

    @Test
    void otherRacksComeFirstOneOfEach() {
        for (int racks = 2; racks <= 8; racks++) {
            var all = hosts(64, racks);
            int count = racks;
            for (var each : all) {
                var chosen = Voters.choose(each.host(), each.rack(), all).stream()
                        .map(voter -> rack(voter.host(), count))
                        .toList();
                assertThat(chosen).doesNotContain(each.rack());
                assertThat(new HashSet<>(chosen)).hasSize(Math.min(5, racks - 1));
            }
        }
    }

    @Test
    void theOrderOfCandidatesDoesNotMatterAndALossTouchesOnlyThoseItVotedFor() {
        var all = hosts(60, 6);
        var shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(1));
        var gone = all.get(17);
        var left = all.stream().filter(each -> !each.equals(gone)).toList();
        for (var each : left) {
            var chosen = Voters.choose(each.host(), each.rack(), all);
            assertThat(Voters.choose(each.host(), each.rack(), shuffled)).isEqualTo(chosen);
            var after = new HashSet<>(Voters.choose(each.host(), each.rack(), left));
            after.removeAll(chosen);
            boolean voted = chosen.stream().anyMatch(voter -> voter.host().equals(gone.host()));
            assertThat(after).as(each.host()).hasSize(voted ? 1 : 0);
        }
    }

    @Test
    void presentVotersStayUntilOneOfThemCannotVote() {
        var all = hosts(60, 6);
        var present = Voters.choose("h0", "r0", all.subList(0, 20));
        assertThat(Voters.keep(present, "h0", "r0", all)).isEqualTo(present);
        var left = all.stream()
                .filter(each -> !each.host().equals(present.getFirst().host()))
                .toList();
        assertThat(Voters.keep(present, "h0", "r0", left)).isEqualTo(Voters.choose("h0", "r0", left));
        assertThat(Voters.keep(present.subList(0, 3), "h0", "r0", all)).hasSize(5);
    }

    @Test
    void theWorkIsSpread() {
        var all = hosts(600, 20);
        int[] votes = new int[600];
        for (var each : all)
            for (var voter : Voters.choose(each.host(), each.rack(), all))
                votes[Integer.parseInt(voter.host().substring(1))]++;
        for (int count : votes) assertThat(count).isLessThan(20);
    }

    private static List<Voters.Candidate> hosts(int count, int racks) {
        var hosts = new ArrayList<Voters.Candidate>();
        for (int i = 0; i < count; i++)
            hosts.add(new Voters.Candidate("h" + i, rack("h" + i, racks), "h%d:7443".formatted(i)));
        return hosts;
    }

    private static String rack(String host, int racks) {
        return "r" + Integer.parseInt(host.substring(1)) % racks;
    }
}
