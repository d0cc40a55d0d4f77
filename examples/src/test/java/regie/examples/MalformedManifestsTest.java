package regie.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import regie.kernel.Manifests;
import regie.kernel.Refused;
import regie.testing.Database;

/** Every one of these manifests is answered with the places and the reasons, and changes nothing at all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedManifestsTest {
    private static final Manifests.Source PRESENT = new Manifests.Source("present.yaml", """
            kind: Site
            name: par1
            spec: {country: FR, city: Paris}
            ---
            kind: Server
            name: par1-h01
            spec:
              site: par1
              numa: [{threads: 8, memoryMiB: 16384}]
            """);

    private Room room;

    MalformedManifestsTest() {}

    @BeforeAll
    void build(@Database(Room.Tables.class) DataSource source) {
        room = new Room(source);
        room.apply(PRESENT);
    }

    static Stream<Malformed> all() {
        return Stream.of(
                        MalformedSyntax.ALL,
                        MalformedDocuments.ALL,
                        MalformedNames.ALL,
                        MalformedSpecs.ALL,
                        MalformedTogether.ALL)
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("all")
    void isRefusedWithItsPlacesAndChangesNothing(Malformed malformed) {
        var before = room.traces();

        var refused = catchThrowableOfType(
                Refused.class, () -> room.apply(new Manifests.Source("estate.yaml", malformed.manifest())));

        assertThat(refused).as("refusal").isNotNull();
        assertThat(refused.refusal().detail()).isEqualTo(malformed.refusal().strip());
        assertThat(room.traces()).isEqualTo(before);
    }

    /** Nothing to look up is the smallest number of references there is. */
    @Test
    void whatRefersToNothingIsApplied() {
        var changes = room.apply(new Manifests.Source("estate.yaml", "{kind: Project, name: alone}"));

        assertThat(changes.changes()).hasSize(1);
    }

    @Test
    void thereAreAtLeastForty() {
        assertThat(all().map(Malformed::title).distinct().count()).isGreaterThanOrEqualTo(40);
    }

    @Test
    void twoFilesAreReadTogetherAndAnsweredTogether() {
        var before = room.traces();

        var refused = catchThrowableOfType(
                Refused.class,
                () -> room.apply(
                        new Manifests.Source(
                                "sites.yaml", "{kind: Site, name: ber1, spec: {country: DE, city: Berlin}}"),
                        new Manifests.Source("more.yaml", "{kind: Site, name: ber1, spec: {country: DE}}")));

        assertThat(refused.refusal().detail()).isEqualTo("""
                more.yaml:1:14: site/ber1 is declared twice; first at sites.yaml:1:14
                more.yaml:1:26: city is missing; expected text of 1 to 100 characters: city, such as Paris\
                """);
        assertThat(room.traces()).isEqualTo(before);
    }
}
