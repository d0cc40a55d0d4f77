package regie.estate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Goal: of fifty single points of failure of all sorts in an estate that is otherwise sound, fifty are found and none beside them. */
class PlantedSinglePointsTest {
    private static final int PLANTED = 50;

    static LongStream seeds() {
        return LongStream.range(0, 6);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void fiftyPlantedAreFiftyFoundAndNoneFalse(long seed) {
        var made = PlantedEstate.of(seed, PLANTED);
        assertThat(made.planted()).hasSize(PLANTED);
        var found = SinglePoints.find(new EstateGraph(made.estate()), made.groups()).stream()
                .map(point -> point.element().toString())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(found).isEqualTo(made.planted());
    }

    /** The long way round comes to the same, hit by hit. */
    @Test
    void takingEachThingAwayHitsTheSame() {
        var made = PlantedEstate.of(99, 5);
        var groups = new java.util.ArrayList<>(SinglePoints.groups(made.estate()));
        groups.addAll(made.groups());
        var found = SinglePoints.find(new EstateGraph(made.estate()), made.groups());
        assertThat(SinglePointsTest.byName(found)).isEqualTo(new RemovalOracle(made.estate(), groups).all());
    }
}
