package regie.compute;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import regie.agent.contract.GuestSeen.State;

/**
 * A fleet's members by what has to be thought of each, in the order of their uids.
 *
 * @param all in every state
 * @param failed their host says that they ended or could not start
 * @param lost their host is given up, and they own nothing that another one could not have
 * @param well the others that are not being taken down
 */
record Members(List<Machine> all, List<Machine> failed, List<Machine> lost, List<Machine> well) {
    /** A member that ran this long has shown that its template can. */
    private static final Duration PROVEN = Duration.ofMinutes(1);

    /** @param ill of those that run, whose health says that they don't serve */
    static Members of(List<Machine> members, Function<Machine, Optional<Host.Presence>> presence, Set<UUID> ill) {
        var all = members.stream().sorted(Comparator.comparing(Machine::uid)).toList();
        var failed = new ArrayList<Machine>();
        var lost = new ArrayList<Machine>();
        var well = new ArrayList<Machine>();
        for (var member : all) {
            if (member.deleting()) continue;
            if (RecoveryPlanner.isLost(member)) lost.add(member);
            else if (failed(member) || ill.contains(member.uid())) failed.add(member);
            else if (presence.apply(member).filter(Members::isGivenUp).isPresent()) lost.add(member);
            else well.add(member);
        }
        return new Members(all, failed, lost, well);
    }

    /** Whether members there are replaced at once: not where a host is only silent, for they may serve on. */
    private static boolean isGivenUp(Host.Presence presence) {
        return switch (presence) {
            case DEAD -> true;
            case UNKNOWN, UP, SILENT -> false;
        };
    }

    static boolean failed(Machine member) {
        return member.spec().power() == InstanceSpec.Power.ON && seen(member, State.CRASHED, State.FAILED);
    }

    static boolean runs(Machine member) {
        return seen(member, State.RUNNING);
    }

    /** Whether it runs since it was last told to reboot. */
    static boolean serves(Machine member) {
        return runs(member)
                && member.seen().orElseThrow().reboots() >= member.spec().reboots();
    }

    /** The same for so long that a rollout trusts it. */
    static boolean settled(Machine member, Duration since, Instant now) {
        if (!serves(member)) return false;
        if (since.isZero()) return true;
        var status = member.status();
        return status.stage() == InstanceStatus.Stage.RUNNING
                && status.since().filter(at -> !now.isBefore(at.plus(since))).isPresent();
    }

    /** Whether its failure says nothing against what it was made from. */
    static boolean proven(Machine member, Instant now) {
        var status = member.status();
        return switch (status.stage()) {
            case RUNNING ->
                status.since().filter(at -> at.plus(PROVEN).isBefore(now)).isPresent();
            case FAILED -> status.failures() == 0;
            default -> false;
        };
    }

    /** What its host says of the newest epoch; what it says of an older one is history. */
    private static boolean seen(Machine member, State... states) {
        var epoch = member.allocation().map(Machine.Allocation::epoch);
        return member.seen()
                .filter(seen -> epoch.equals(Optional.of(seen.epoch())))
                .filter(seen -> List.of(states).contains(seen.state()))
                .isPresent();
    }

    long leaving() {
        return all.stream().filter(Machine::deleting).count();
    }
}
