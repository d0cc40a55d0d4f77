package regie.compute;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Stops a fleet whose members fail before they ran for a minute: a broken image costs its fleet, not the company. Those that fail at
 * once on one host count as one: its power may have gone.
 */
final class Breaker {
    private Breaker() {}

    /** @param wanted how many members the fleet wants now */
    static BreakerStatus next(
            FleetSpec spec, int wanted, BreakerStatus was, Members members, String detail, Instant now) {
        if (spec.resumes() > was.resumes()) return was.closed(spec.resumes());
        if (was.opened().isPresent()) return was;
        int limit = spec.breaker().limit(wanted);
        var from = now.minusSeconds(spec.breaker().withinSeconds());
        var counted = new ArrayList<>(
                was.failures().stream().filter(at -> !at.isBefore(from)).toList());
        long causes = members.failed().stream()
                .filter(member -> !members.proven(member, now))
                .map(member -> member.allocation().map(Machine.Allocation::server))
                .distinct()
                .count();
        for (int at = 0; at < causes; at++) counted.add(now);
        var newest = counted.subList(Math.max(0, counted.size() - limit), counted.size());
        if (newest.equals(was.failures())) return was;
        if (newest.size() < limit) return new BreakerStatus(newest, was.opened(), was.why(), was.resumes());
        var why = "%d times within %d s members failed before they ran for a minute; last: %s"
                .formatted(limit, spec.breaker().withinSeconds(), detail);
        return new BreakerStatus(newest, Optional.of(now), Optional.of(why), was.resumes());
    }
}
