package regie.continuity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import regie.kernel.Hold;

/**
 * What is to be done, in order, and what is to be shown of each server that is missed.
 *
 * @param steps at most {@link #STEPS_MAX}; the rest comes with the next plan
 * @param doubted servers that nobody has heard for so long that what owns nothing there is replaced, proven or not; none that a storm holds
 * @param next when it is time for another plan, though nothing else changes
 */
public record VerdictPlan(
        List<VerdictStep> steps, Map<UUID, List<Hold>> holds, Set<UUID> doubted, Optional<Instant> next) {
    static final int STEPS_MAX = 1_000;

    public VerdictPlan {
        steps = List.copyOf(steps.subList(0, Math.min(steps.size(), STEPS_MAX)));
        holds = Map.copyOf(holds);
        doubted = Set.copyOf(doubted);
    }
}
