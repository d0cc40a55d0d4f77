package regie.compute;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import regie.agent.contract.GuestSeen.State;
import regie.kernel.Hold;
import regie.kernel.Key;

/** Brings the number of a fleet's members to the wanted one. */
final class FleetPlanner {
    private static final Duration REST_MAX = Duration.ofMinutes(1);

    private FleetPlanner() {}

    record Decision(List<Step> steps, List<Machine> enlisted, FleetStatus status) {}

    /** @param fresh gives the uids of new members; where it runs out the rest waits for the next pass */
    static Decision plan(Census.FleetSeen fleet, Instant now, Iterator<UUID> fresh) {
        var steps = new ArrayList<Step>();
        var living = fleet.members().stream()
                .filter(member -> !member.deleting())
                .sorted(Comparator.comparing(Machine::uid))
                .toList();
        for (var member : living)
            if (RecoveryPlanner.isLost(member)) steps.add(new Step.Retire(member.uid(), "its server is dead"));
        var failed = living.stream()
                .filter(member -> failed(member) && !RecoveryPlanner.isLost(member))
                .toList();
        for (var member : failed)
            steps.add(new Step.Retire(member.uid(), member.seen().orElseThrow().detail()));

        var well = living.stream().filter(FleetPlanner::present).toList();
        int running = (int) well.stream().filter(FleetPlanner::runs).count();
        var status = rest(fleet.status(), failed, running, now);
        int wanted = fleet.deleting() ? 0 : fleet.spec().count();
        retireSurplus(well, wanted, steps);
        var enlisted = new ArrayList<Machine>();
        long nextOrdinal = status.nextOrdinal();
        if (!resting(status, now)) nextOrdinal = enlist(fleet, wanted - well.size(), fresh, nextOrdinal, enlisted);
        for (var machine : enlisted)
            steps.add(new Step.Enlist(fleet.uid(), machine.uid(), machine.key(), machine.spec()));
        if (fleet.deleting() && fleet.members().isEmpty()) steps.add(new Step.Disband(fleet.uid()));
        return new Decision(
                steps,
                enlisted,
                shown(status, Math.min(well.size(), wanted) + enlisted.size(), running, nextOrdinal, now));
    }

    /** Whether it counts as one of those that are wanted. */
    static boolean present(Machine member) {
        return !member.deleting() && !failed(member) && !RecoveryPlanner.isLost(member);
    }

    private static boolean failed(Machine member) {
        return member.spec().power() == InstanceSpec.Power.ON && seen(member, State.CRASHED, State.FAILED);
    }

    private static boolean runs(Machine member) {
        return seen(member, State.RUNNING);
    }

    /** What its host says of the newest epoch; what it says of an older one is history. */
    private static boolean seen(Machine member, State... states) {
        var epoch = member.allocation().map(Machine.Allocation::epoch);
        return member.seen()
                .filter(seen -> epoch.equals(Optional.of(seen.epoch())))
                .filter(seen -> List.of(states).contains(seen.state()))
                .isPresent();
    }

    /** The first failure is mended at once. When members go on failing before one of them runs, each round waits twice as long. */
    private static FleetStatus rest(FleetStatus was, List<Machine> failed, int running, Instant now) {
        if (failed.isEmpty()) return running > 0 && !resting(was, now) ? was.rested() : was;
        boolean everRan = failed.stream().anyMatch(member -> member.status().stage() == InstanceStatus.Stage.RUNNING);
        int failures = everRan ? 1 : was.failures() + 1;
        var rest = failures == 1 ? Duration.ZERO : Duration.ofSeconds(1L << Math.min(failures - 2, 6));
        var detail = failed.getLast().seen().orElseThrow().detail();
        return was.resting(failures, now.plus(rest.compareTo(REST_MAX) > 0 ? REST_MAX : rest), detail);
    }

    private static boolean resting(FleetStatus status, Instant now) {
        return status.restUntil().filter(now::isBefore).isPresent();
    }

    /** Those that do not run go first, then the newest. */
    private static void retireSurplus(List<Machine> well, int wanted, List<Step> steps) {
        var order = Comparator.comparing(FleetPlanner::runs).thenComparing(Machine::uid, Comparator.reverseOrder());
        well.stream()
                .sorted(order)
                .limit(Math.max(0, well.size() - wanted))
                .forEach(member -> steps.add(new Step.Retire(member.uid(), "the fleet is to be smaller")));
    }

    /** @return the ordinal from which the next member is named; names that others have are passed over */
    private static long enlist(
            Census.FleetSeen fleet, int missing, Iterator<UUID> fresh, long firstOrdinal, List<Machine> enlisted) {
        var spec = fleet.spec().member(fleet.key().name());
        long ordinal = firstOrdinal;
        for (var key : names(fleet.key(), firstOrdinal, fleet.spec().count())) {
            if (enlisted.size() >= missing || !fresh.hasNext()) break;
            ordinal++;
            if (fleet.taken().contains(key)) continue;
            enlisted.add(new Machine(
                    fresh.next(),
                    key,
                    Optional.of(fleet.uid()),
                    spec,
                    false,
                    fleet.shape(),
                    Optional.empty(),
                    Optional.empty(),
                    InstanceStatus.FRESH));
        }
        return ordinal;
    }

    /** The names that one plan may give to new members of a fleet of {@code count}. */
    static List<Key> names(Key fleet, long firstOrdinal, int count) {
        return LongStream.range(firstOrdinal, firstOrdinal + Math.min(count, Plan.ENLISTED_MAX))
                .mapToObj(ordinal -> new Key(Compute.INSTANCE.name(), fleet.project(), fleet.name() + "-" + ordinal))
                .toList();
    }

    private static FleetStatus shown(FleetStatus status, int members, int running, long nextOrdinal, Instant now) {
        var holds = resting(status, now)
                ? List.of(Holds.resting(status.lastFailure(), status.failures()))
                : List.<Hold>of();
        return new FleetStatus(
                members, running, nextOrdinal, status.failures(), status.restUntil(), status.lastFailure(), holds);
    }
}
