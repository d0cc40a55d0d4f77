package regie.compute;

import java.time.Instant;
import java.util.List;
import regie.compute.InstanceStatus.Stage;
import regie.compute.Plan.View;

/**
 * Decides for a machine whose host is proven dead: nothing of it runs, so it may be started elsewhere. Its disk was on that host. What
 * nobody has agreed to lose is not made anew; it waits, and says so.
 */
final class RecoveryPlanner {
    private RecoveryPlanner() {}

    /** Whether it may be started elsewhere, from its image. */
    static boolean mayBeRebuilt(Machine machine) {
        var allocation = machine.allocation().orElseThrow();
        boolean asked = machine.spec().builds() > allocation.guest().builds();
        return asked || policy(machine) == Recovery.Otherwise.REBUILD;
    }

    private static Recovery.Otherwise policy(Machine machine) {
        long diskGiB = machine.allocation().orElseThrow().told().guest().shape().diskGiB();
        return machine.spec().recovery().orElse(Recovery.DEFAULT).otherwise(diskGiB);
    }

    /** @param steps gets the one that starts it elsewhere, where there is one */
    static View decide(Machine machine, Host host, View was, Placement placement, List<Step> steps, Instant now) {
        var view = was.to(Stage.FAILED, now);
        if (machine.fleet().isPresent()) return view.because(Holds.memberLost(host.name()));
        if (machine.migration().isPresent())
            return view.because(Holds.moveWaits("%s has not let go of it yet".formatted(other(machine))));
        if (!mayBeRebuilt(machine)) return view.because(Holds.diskLost(host.name(), machine.key()));
        var obstacles = machine.shape().obstacles();
        if (!obstacles.isEmpty()) return view.because(obstacles);
        var choice = placement.recover(machine);
        if (choice.place().isEmpty()) return view.because(choice.holds());
        var allocation = machine.allocation().orElseThrow();
        var seat = new Seated(Placement.asBefore(machine), choice.place().get());
        steps.add(new Step.Recover(machine.uid(), allocation.epoch() + 1, seat, choice.takenOver()));
        boolean on = machine.spec().power() == InstanceSpec.Power.ON;
        return was.to(on ? Stage.STARTING : Stage.STOPPING, now);
    }

    private static String other(Machine machine) {
        return machine.migration()
                .map(way -> way.phase() == MovePhase.LEFT ? way.origin() : way.destination())
                .orElseThrow();
    }

    /** Who is looked at first, the lowest: those whose host is dead, the urgent before others, and then all else. */
    static int turn(Machine machine) {
        return isLost(machine)
                ? -1 - machine.spec().recovery().orElse(Recovery.DEFAULT).priority()
                : 0;
    }

    /** Whether the machine is still where its host died. */
    static boolean isLost(Machine machine) {
        return machine.allocation().filter(Machine.Allocation::lost).isPresent();
    }
}
