package regie.compute;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** How many members a fleet wants at a moment. */
final class Sizing {
    private static final int DAYS_OF_A_WEEK = 7;

    private Sizing() {}

    static int wanted(FleetSpec spec, Instant now) {
        return spec.size().map(size -> scheduled(size, now)).orElse(spec.count());
    }

    /** What the last moment said that has come; of several at once the one that stands last. */
    private static int scheduled(SizeSpec size, Instant now) {
        var zone = ZoneId.of(size.zone());
        var today = now.atZone(zone).toLocalDate();
        var newest = Instant.MIN;
        int count = 0;
        for (var moment : size.schedule()) {
            var last = last(moment, zone, today, now);
            if (last.isEmpty() || last.get().isBefore(newest)) continue;
            newest = last.get();
            count = moment.count();
        }
        return count;
    }

    /** A time that the clocks jump over comes when they have jumped; one that comes twice counts the first time. */
    private static Optional<Instant> last(SizeSpec.Moment moment, ZoneId zone, java.time.LocalDate today, Instant now) {
        for (int ago = 0; ago <= DAYS_OF_A_WEEK; ago++) {
            var day = today.minusDays(ago);
            var at = day.atTime(moment.time()).atZone(zone).toInstant();
            if (moment.isOn(day.getDayOfWeek()) && !at.isAfter(now)) return Optional.of(at);
        }
        return Optional.empty();
    }
}
