package regie.continuity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import regie.agent.lease.Answer;
import regie.agent.lease.LeaseProfile;
import regie.agent.lease.PossibleTerms;
import regie.agent.lease.Terms;
import regie.compute.Watched;
import regie.continuity.Suspicion.Path;

/** Who counts as missed, by what the room and the neighbours hear. h1 has one voter, h2. */
class LeaseViewTest {
    /** Of the profile safe, see {@link LeaseProfile}. */
    private static final Duration HOLD = Duration.ofSeconds(8);

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Ear ROOM = new Ear("h1", Answer.ROOM);
    private static final Ear NEIGHBOUR = new Ear("h1", "h2");
    private static final Ear NEIGHBOURS_OWN = new Ear("h2", Answer.ROOM);

    @Test
    void missedByBothIsMissedByAllAtOnce() {
        assertThat(suspicion(true, ROOM, NEIGHBOUR))
                .contains(new Suspicion(THEN, Set.of(Path.values()), Set.of(Path.values()), HOLD));
    }

    @Test
    void missedByOneIsHeardByTheOther() {
        assertThat(suspicion(true, ROOM)).contains(new Suspicion(THEN, Set.of(Path.ROOM), Set.of(Path.values()), HOLD));
        assertThat(suspicion(true, NEIGHBOUR))
                .contains(new Suspicion(THEN, Set.of(Path.MESH), Set.of(Path.values()), HOLD));
        assertThat(suspicion(true)).isEmpty();
    }

    /** Its line to the room is broken for long, and now its neighbour misses it, too: that it may be dead is news. */
    @Test
    void itIsMissedByAllSinceTheLastOfThemBeganTo() {
        var later = THEN.plusSeconds(600);
        var suspicion = suspicion(true, Map.of(ROOM, THEN, NEIGHBOUR, later)).orElseThrow();
        assertThat(suspicion.byAll()).isTrue();
        assertThat(suspicion.since()).isEqualTo(later);
        assertThat(suspicion(true, Map.of(ROOM, THEN)).orElseThrow().since()).isEqualTo(THEN);
    }

    @Test
    void whereTheNeighbourIsGoneTooTheRoomTakesItsTime() {
        assertThat(suspicion(true, ROOM, NEIGHBOURS_OWN)).isEmpty();
        assertThat(suspicion(false, ROOM, NEIGHBOURS_OWN))
                .contains(new Suspicion(THEN, Set.of(Path.ROOM), Set.of(Path.ROOM), HOLD));
    }

    /** @param heard whether the room's plain five seconds have not passed */
    private static Optional<Suspicion> suspicion(boolean heard, Ear... missed) {
        return suspicion(heard, List.of(missed).stream().collect(Collectors.toMap(Function.identity(), _ -> THEN)));
    }

    private static Optional<Suspicion> suspicion(boolean heard, Map<Ear, Instant> missed) {
        var voter = new Terms.VoterAddress("h2", "");
        var possible = new PossibleTerms(List.of(new Terms("h1", 1, LeaseProfile.SAFE, List.of(voter))));
        var view = new LeaseView(Set.of(ROOM, NEIGHBOUR, NEIGHBOURS_OWN), missed, Map.of("h1", possible));
        var h1 = new Watched(new UUID(0, 1), "h1", "par1", false, heard, THEN);
        var h2 = new Watched(new UUID(0, 2), "h2", "par1", false, true, THEN);
        return view.suspicion(h1, Map.of("h1", h1, "h2", h2));
    }
}
