package regie.compute;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import regie.kernel.Hold;
import regie.placement.Shape;

/**
 * What projects may still take, counted down while a plan is made. What a machine gives back is not taken again in the same plan;
 * what a reservation gives back may be, for it is written before what it takes.
 */
final class Allowance {
    /** @param used with what this plan takes */
    record Use(long used, long quota) {}

    private final Map<String, Map<Quota, Use>> uses = new HashMap<>();

    /** @param uses by project, of what is bounded */
    Allowance(Map<String, Map<Quota, Use>> uses) {
        uses.forEach((project, bounded) -> this.uses.put(project, new HashMap<>(bounded)));
    }

    /** For places that are only reserved, which take no address. */
    static Allowance ofReserved(Map<String, Map<Quota, Use>> uses) {
        var allowance = new Allowance(uses);
        allowance.uses.values().forEach(bounded -> bounded.remove(Quota.ADDRESSES));
        return allowance;
    }

    /** Whether the project may have none more of it. */
    boolean isOut(String project, Quota quota) {
        var use = uses.getOrDefault(project, Map.of()).get(quota);
        return use != null && use.used() >= use.quota();
    }

    void take(String project, Quota quota, long more) {
        var bounded = uses.get(project);
        if (bounded != null) bounded.computeIfPresent(quota, (_, use) -> new Use(use.used() + more, use.quota()));
    }

    /** Why the project may not have {@code wanted} beside all else, instead of {@code had}; empty where it may. */
    Optional<Hold> obstacle(String project, Optional<Shape> had, Shape wanted) {
        for (var quota : Quota.values()) {
            var use = uses.getOrDefault(project, Map.of()).get(quota);
            long more = more(quota, had, wanted);
            if (use != null && more > 0 && use.used() + more > use.quota())
                return Optional.of(Holds.overQuota(project, quota, use, more));
        }
        return Optional.empty();
    }

    void take(String project, Optional<Shape> had, Shape wanted) {
        var bounded = uses.get(project);
        if (bounded == null) return;
        bounded.replaceAll((quota, use) -> new Use(use.used() + Math.max(0, more(quota, had, wanted)), use.quota()));
    }

    void give(String project, Shape had) {
        var bounded = uses.get(project);
        if (bounded == null) return;
        bounded.replaceAll((quota, use) -> new Use(use.used() - quota.amount(had), use.quota()));
    }

    private static long more(Quota quota, Optional<Shape> had, Shape wanted) {
        return quota.amount(wanted) - had.map(quota::amount).orElse(0L);
    }
}
