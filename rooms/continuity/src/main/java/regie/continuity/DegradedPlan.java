package regie.continuity;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import regie.kernel.Hold;

/** @param holds by server: what is wrong with it, and what becomes of it */
record DegradedPlan(List<DegradedStep> steps, Map<UUID, Hold> holds) {
    DegradedPlan {
        steps = List.copyOf(steps);
        holds = Map.copyOf(holds);
    }
}
