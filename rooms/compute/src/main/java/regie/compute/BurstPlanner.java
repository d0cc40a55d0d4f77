package regie.compute;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import regie.kernel.Hold;

/**
 * How many machines stand in, in a public cloud, for members of one fleet. Pure. A member without room goes on waiting for it at home: once it
 * runs there, whoever stood in for it goes. Machines count for the cap and for the budget until the cloud has said that they are gone.
 */
final class BurstPlanner {
    /** So many are asked for at a time. */
    static final int STARTS_MAX = 10;

    private BurstPlanner() {}

    /**
     * @param cap as many members there may be in all
     * @param home members at home, in every state
     * @param waiting since when each member at home that has no room wants it
     * @param lacking as many more members should run at home
     * @param away in every state
     */
    record Seen(int cap, int home, List<Instant> waiting, int lacking, List<BurstMachine> away) {}

    /** @param hold why fewer are started than have no room */
    record Plan(int starts, List<UUID> ends, Optional<Hold> hold) {}

    /** @param spec empty where the fleet may not, or is no more */
    static Plan plan(Optional<BurstSpec> spec, Seen seen, Instant now) {
        var living = seen.away().stream()
                .filter(BurstMachine::living)
                .sorted(Comparator.comparing(BurstMachine::state)
                        .thenComparing(BurstMachine::since, Comparator.reverseOrder())
                        .thenComparing(BurstMachine::uid))
                .toList();
        if (spec.isEmpty()) return new Plan(0, uids(living), Optional.empty());
        int keep = Math.max(seen.waiting().size(), Math.min(living.size(), seen.lacking()));
        var ends = new ArrayList<>(living.subList(0, Math.max(0, living.size() - keep)));
        long cost = living.stream().mapToLong(BurstMachine::price).sum()
                - ends.stream().mapToLong(BurstMachine::price).sum();
        for (var next : living.subList(ends.size(), living.size())) { // the budget was made smaller
            if (cost <= spec.get().budget()) break;
            ends.add(next);
            cost -= next.price();
        }
        if (!ends.isEmpty()) return new Plan(0, uids(ends), Optional.empty());
        return starts(spec.get(), seen, living.size(), now);
    }

    private static Plan starts(BurstSpec spec, Seen seen, int living, Instant now) {
        var ripe = now.minus(Duration.ofSeconds(spec.afterSeconds()));
        int wanted = (int) seen.waiting().stream()
                        .filter(since -> !since.isAfter(ripe))
                        .count()
                - living;
        if (wanted <= 0) return new Plan(0, List.of(), Optional.empty());
        int room = Math.max(0, seen.cap() - seen.home() - seen.away().size());
        long paid = seen.away().stream().mapToLong(BurstMachine::price).sum();
        long affordable = Math.max(0, spec.budget() - paid) / spec.price();
        int starts = (int) Math.min(Math.min(wanted, room), affordable);
        var hold = starts == wanted
                ? Optional.<Hold>empty()
                : Optional.of(
                        starts == affordable
                                ? Holds.burstBudget(wanted - starts, spec)
                                : Holds.burstAtCap(wanted - starts, seen.cap()));
        return new Plan(Math.min(starts, STARTS_MAX), List.of(), hold);
    }

    private static List<UUID> uids(List<BurstMachine> machines) {
        return machines.stream().map(BurstMachine::uid).toList();
    }
}
