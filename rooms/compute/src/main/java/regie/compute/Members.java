package regie.compute;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import regie.agent.contract.GuestSeen.State;

/**
 * A fleet's members by what has to be thought of each, in the order of their uids.
 *
 * @param all in every state
 * @param failed their host says that they ended or could not start
 * @param lost their host is proven dead, and they own nothing that another one could not have
 * @param doubted nobody hears their host: others take their part at once, and they count until they are proven gone. Should they be heard
 *     again they are well, and what was made in their stead is too many
 * @param parting somebody outside is waited for, or was, before they are taken down
 * @param well the others that are not being taken down
 * @param health what probes say of those that run
 */
record Members(
        List<Machine> all,
        List<Machine> failed,
        List<Machine> lost,
        List<Machine> parting,
        List<Machine> doubted,
        List<Machine> well,
        Health health) {
    private static final Duration PROVEN = Duration.ofMinutes(1);

    static Members of(List<Machine> members, Function<Machine, Optional<Host.Presence>> presence, Health health) {
        var all = members.stream().sorted(Comparator.comparing(Machine::uid)).toList();
        boolean probesDoubted = tooManyIll(members, health) > 0;
        var failed = new ArrayList<Machine>();
        var lost = new ArrayList<Machine>();
        var parting = new ArrayList<Machine>();
        var doubted = new ArrayList<Machine>();
        var well = new ArrayList<Machine>();
        for (var member : all) {
            if (member.deleting()) continue;
            if (RecoveryPlanner.isLost(member)) lost.add(member);
            else if (isParting(member)) parting.add(member);
            else if (isAbandoned(member)) failed.add(member);
            else if (failed(member) || isIll(member, health, probesDoubted)) failed.add(member);
            else if (isAt(member, presence, Host.Presence.DEAD)) lost.add(member);
            else if (isAt(member, presence, Host.Presence.DOUBTED)) doubted.add(member);
            else well.add(member);
        }
        return new Members(all, failed, lost, parting, doubted, well, health);
    }

    /** One that served once and is ill is not replaced where so many fell ill that the probes are doubted. */
    private static boolean isIll(Machine member, Health health, boolean doubted) {
        boolean once = health.served().contains(member.uid());
        return health.ill().containsKey(member.uid()) && !(doubted && once);
    }

    /**
     * How many of those that served are ill, where they are more than one and more than a third: then it is likelier that the room
     * lost the way to them. 0 where it is not so.
     */
    static int tooManyIll(List<Machine> members, Health health) {
        var living = members.stream().filter(member -> !member.deleting()).toList();
        int ill = (int) living.stream()
                .filter(member -> health.ill().containsKey(member.uid())
                        && health.served().contains(member.uid()))
                .count();
        return ill > 1 && ill * 3 > living.size() ? ill : 0;
    }

    static boolean isParting(Machine member) {
        return member.status()
                .hook()
                .filter(hook -> hook.point() == HookPoint.STOPPING)
                .isPresent();
    }

    private static boolean isAbandoned(Machine member) {
        return member.status()
                .hook()
                .filter(hook -> hook.state() == HookStatus.State.ABANDONED)
                .isPresent();
    }

    /** Whether nobody is waited for any more before it serves. */
    static boolean isPastStarting(Machine member) {
        return member.status()
                .hook()
                .filter(hook -> hook.point() == HookPoint.STARTING && hook.state() != HookStatus.State.CONTINUED)
                .isEmpty();
    }

    private static boolean isAt(
            Machine member, Function<Machine, Optional<Host.Presence>> presence, Host.Presence such) {
        return presence.apply(member).filter(such::equals).isPresent();
    }

    static boolean failed(Machine member) {
        return member.spec().power() == InstanceSpec.Power.ON && seen(member, State.CRASHED, State.FAILED);
    }

    static boolean runs(Machine member) {
        return seen(member, State.RUNNING);
    }

    /** Whether it runs since it was last told to reboot. */
    static boolean isBack(Machine member) {
        return runs(member)
                && member.seen().orElseThrow().reboots() >= member.spec().reboots();
    }

    /** The same, and neither probes nor a hook have anything against it. */
    boolean serves(Machine member) {
        return isBack(member) && isPastStarting(member) && health.serves(member.uid());
    }

    /** The same for so long that a rollout trusts it. */
    boolean settled(Machine member, Duration since, Instant now) {
        if (!serves(member)) return false;
        if (since.isZero()) return true;
        var status = member.status();
        return status.stage() == InstanceStatus.Stage.RUNNING
                && status.since().filter(at -> !now.isBefore(at.plus(since))).isPresent();
    }

    /** Whether one that has run since then has shown that its template can. */
    static boolean ranLongEnough(Optional<Instant> since, Instant now) {
        return since.filter(at -> at.plus(PROVEN).isBefore(now)).isPresent();
    }

    /** Whether its failure says nothing against what it was made from. */
    boolean proven(Machine member, Instant now) {
        if (!failed(member)) return health.served().contains(member.uid());
        var status = member.status();
        return switch (status.stage()) {
            case RUNNING -> ranLongEnough(status.since(), now);
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

    /** Why a member is replaced. */
    String reason(Machine member) {
        if (failed(member)) return member.seen().orElseThrow().detail();
        if (isAbandoned(member)) return abandoned(member);
        return "it does not serve: " + health.ill().getOrDefault(member.uid(), "it is not healthy");
    }

    private static String abandoned(Machine member) {
        boolean late = member.status().hook().filter(HookStatus::timedOut).isPresent();
        return late ? "nobody completed its starting hook in time" : "its starting hook was abandoned";
    }

    long leaving() {
        return all.stream().filter(Machine::deleting).count();
    }
}
