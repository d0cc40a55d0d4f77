package regie.continuity;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import regie.kernel.Hold;

/**
 * What is to be done, in order, and what is to be shown of each server that is missed.
 *
 * @param steps at most {@link #STEPS_MAX}; the rest comes with the next plan
 */
record VerdictPlan(List<VerdictStep> steps, Map<UUID, List<Hold>> holds) {
    static final int STEPS_MAX = 1_000;

    VerdictPlan {
        steps = List.copyOf(steps.subList(0, Math.min(steps.size(), STEPS_MAX)));
        holds = Map.copyOf(holds);
    }
}
