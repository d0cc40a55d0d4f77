package regie.continuity;

import java.util.List;
import regie.kernel.Hold;

/** @param holds what waits, and why */
record MaintenancePlan(List<MaintenanceStep> steps, List<Hold> holds) {
    MaintenancePlan {
        steps = List.copyOf(steps);
        holds = List.copyOf(holds);
    }
}
