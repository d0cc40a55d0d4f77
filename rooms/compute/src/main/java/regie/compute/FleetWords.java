package regie.compute;

import regie.kernel.Declared;

/** How a fleet stands, in a word or two for a table. */
final class FleetWords {
    private FleetWords() {}

    static String state(Declared<FleetSpec, FleetStatus> fleet) {
        var status = fleet.status();
        if (status.breakerOrClosed().opened().isPresent()) return "stopped";
        var rollout = status.revision().flatMap(RevisionStatus::rollout);
        if (rollout.isPresent())
            return "%s %d/%d"
                    .formatted(
                            rollout.get().back() ? "rolling back" : "rolling out",
                            rollout.get().wave(),
                            rollout.get().waves());
        var restart = status.restart().filter(RestartStatus::open);
        if (restart.isPresent())
            return "restarting %d/%d"
                    .formatted(restart.get().wave(), restart.get().waves());
        if (status.revision().flatMap(RevisionStatus::givenUp).isPresent()) return "rolled back";
        return status.running() >= status.wanted().orElse(fleet.spec().count()) ? "well" : "short";
    }
}
