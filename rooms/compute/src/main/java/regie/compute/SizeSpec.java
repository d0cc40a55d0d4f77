package regie.compute;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.BadField;

/** How many members are wanted: at which time of the week, or as a metric goes. */
public record SizeSpec(
        @About(value = "the time zone of the times, such as Europe/Paris", otherwise = "\"UTC\"") @Size(max = 64)
        String zone,

        @About(value = "from each of these moments on, until the next of them, so many are wanted", otherwise = "[]")
        @Size(max = 100)
        @Valid
        List<Moment> schedule,

        @About("a figure that is posted, and that the number of members holds at a target; instead of a schedule")
        @Valid
        Optional<MetricSpec> metric) {
    /** @param days all where it is empty */
    public record Moment(
            @About(value = "days of the week; every day where it is empty", otherwise = "[]") @Size(max = 7)
            List<DayOfWeek> days,

            @About("time of day, such as \"08:30\"") @Pattern(regexp = "([01][0-9]|2[0-3]):[0-5][0-9]")
            String at,

            @About("how many members from then on") @Min(0) @Max(FleetSpec.COUNT_MAX)
            int count) {
        public Moment {
            days = List.copyOf(days);
        }

        boolean isOn(DayOfWeek day) {
            return days.isEmpty() || days.contains(day);
        }

        LocalTime time() {
            return LocalTime.parse(at);
        }
    }

    public SizeSpec {
        schedule = List.copyOf(schedule);
        boolean both = !schedule.isEmpty() && metric.isPresent();
        BadField.unless(
                schedule.isEmpty() == metric.isPresent(),
                both ? "metric" : "schedule",
                both ? "given beside schedule" : "missing",
                "either schedule or metric");
        BadField.unless(isZone(zone), "zone", zone, "a time zone such as Europe/Paris or UTC");
    }

    private static boolean isZone(String zone) {
        try {
            return !ZoneId.of(zone).getId().isEmpty();
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** None of the counts may be outside. */
    void within(int least, int most) {
        for (int at = 0; at < schedule.size(); at++) {
            int count = schedule.get(at).count();
            BadField.unless(
                    count >= least && count <= most,
                    "size.schedule.%d.count".formatted(at),
                    count,
                    "a number from %d to %d".formatted(least, most));
        }
    }

    int most() {
        return schedule.stream().mapToInt(Moment::count).max().orElse(0);
    }
}
