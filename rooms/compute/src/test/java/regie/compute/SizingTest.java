package regie.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizingTest {
    private static FleetSpec spec(String more) {
        return Specs.read(
                FleetSpec.class, "Fleet", "{count: 1, template: {flavor: small, image: micro}%s}".formatted(more));
    }

    private static int wanted(FleetSpec spec, Instant now) {
        return Sizing.size(spec, Optional.empty(), List.of(), now).wanted();
    }

    private static final String OFFICE = """
            , size: {zone: Europe/Paris, schedule: [
                {days: [monday, tuesday, wednesday, thursday, friday], at: '08:00', count: 20},
                {at: '19:30', count: 4}, {days: [sunday], at: '02:30', count: 0}]}""";

    @Test
    void withoutAScheduleTheCountIsWanted() {
        assertThat(wanted(spec(""), Instant.EPOCH)).isEqualTo(1);
    }

    /** 2026-11-20 is a Friday; Paris is an hour before UTC, in summer two. On 2026-03-29 it has no half past two. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-20T06:59:59Z, 4",
        "2026-11-20T07:00:00Z, 20",
        "2026-11-20T18:29:59Z, 20",
        "2026-11-20T18:30:00Z, 4",
        "2026-11-21T12:00:00Z, 4",
        "2026-11-22T01:30:00Z, 0",
        "2026-11-22T18:30:00Z, 4",
        "2026-11-23T07:00:00Z, 20",
        "2026-07-17T05:59:59Z, 4",
        "2026-07-17T06:00:00Z, 20",
        "2026-03-29T00:59:59Z, 4",
        "2026-03-29T01:00:00Z, 0",
    })
    void theLastMomentThatHasComeDecides(Instant now, int wanted) {
        assertThat(wanted(spec(OFFICE), now)).isEqualTo(wanted);
    }

    @Test
    void whatIsJumpedOverDoesNotOutliveWhatComesAfterIt() {
        var spring = OFFICE.replace(
                "{days: [sunday], at: '02:30', count: 0}", "{at: '02:30', count: 7}, {at: '03:00', count: 11}");
        assertThat(wanted(spec(spring), Instant.parse("2026-03-29T02:00:00Z"))).isEqualTo(11);
    }

    @Test
    void theCapKnowsTheLargestOfTheSchedule() {
        assertThat(spec(OFFICE).most()).isEqualTo(20);
    }
}
