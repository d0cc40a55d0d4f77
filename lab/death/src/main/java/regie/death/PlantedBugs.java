package regie.death;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Looks for each planted bug, one at a time. */
public final class PlantedBugs {
    private PlantedBugs() {}

    /** @param seed the first that finds it; empty where none does */
    public record Search(String name, String about, Optional<Long> seed, String how) {}

    /** @param seedsMax how many to try for each */
    public static List<Search> search(int seedsMax) {
        return Arrays.stream(Planted.values())
                .parallel()
                .map(bug -> search(bug, seedsMax))
                .toList();
    }

    private static Search search(Planted bug, int seedsMax) {
        // The seed that found it last comes first: where nothing has changed there is nothing to look for.
        if (bug.seed <= seedsMax) {
            var known = found(bug, bug.seed);
            if (known.isPresent()) return new Search(bug.name(), bug.about, Optional.of(bug.seed), known.get());
        }
        for (long seed = 1; seed <= seedsMax; seed++) {
            var how = found(bug, seed);
            if (how.isPresent()) return new Search(bug.name(), bug.about, Optional.of(seed), how.get());
        }
        return new Search(bug.name(), bug.about, Optional.empty(), "not found");
    }

    private static Optional<String> found(Planted bug, long seed) {
        try {
            Play.run(seed, bug.parts(), false);
            return Optional.empty();
        } catch (Play.Failure failure) {
            return Optional.of(String.valueOf(failure.getMessage()));
        }
    }
}
