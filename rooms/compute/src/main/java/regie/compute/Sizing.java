package regie.compute;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;

/** How many members a fleet wants at a moment. */
final class Sizing {
    private static final int DAYS_OF_A_WEEK = 7;

    private Sizing() {}

    /**
     * @param before as many were wanted when it was last looked at
     * @param samples of the metric that its size follows, if it does
     */
    static TargetTracking.Size size(FleetSpec spec, Optional<Integer> before, List<MetricSample> samples, Instant now) {
        var size = spec.size();
        if (size.isEmpty()) return new TargetTracking.Size(spec.count(), Optional.empty());
        var metric = size.get().metric();
        if (metric.isEmpty()) return new TargetTracking.Size(scheduled(size.get(), now), Optional.empty());
        return new TargetTracking(metric.get(), now)
                .size(before.orElse(spec.count()), samples, spec.minimum().orElse(0), spec.most());
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
            var local = day.atTime(moment.time());
            var jump = Optional.ofNullable(zone.getRules().getTransition(local)).filter(ZoneOffsetTransition::isGap);
            var at = jump.map(ZoneOffsetTransition::getInstant)
                    .orElseGet(() -> local.atZone(zone).toInstant());
            if (moment.isOn(day.getDayOfWeek()) && !at.isAfter(now)) return Optional.of(at);
        }
        return Optional.empty();
    }
}
