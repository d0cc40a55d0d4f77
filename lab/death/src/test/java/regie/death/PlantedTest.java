package regie.death;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Goal: the simulation is worth its time. Each planted bug alone is found within a thousand seeds, most by the first that is tried. */
class PlantedTest {
    private static final int SEEDS_MAX = 1_000;

    @Test
    void everyPlantedBugIsFound() {
        var searches = PlantedBugs.search(SEEDS_MAX);
        assertThat(searches).hasSizeGreaterThanOrEqualTo(30);
        assertThat(searches.stream().filter(each -> each.seed().isEmpty()).toList())
                .isEqualTo(List.of());
    }
}
