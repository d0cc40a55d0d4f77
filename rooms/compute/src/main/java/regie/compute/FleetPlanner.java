package regie.compute;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import regie.kernel.Hold;
import regie.kernel.Key;

/**
 * Brings the number of a fleet's members to the wanted one, and its members to what is wanted of them. Whatever hosts say or bugs do,
 * none is made beyond the cap: members count in every state.
 */
final class FleetPlanner {
    private static final Duration REST_MAX = Duration.ofMinutes(1);

    private final Census.FleetSeen fleet;
    private final FleetSpec spec;
    private final FleetStatus before;
    private final Function<Machine, Optional<Host.Presence>> presence;
    private final Instant now;
    private final Members members;
    private final int wanted;
    private final Hooks hooks;
    private final List<Machine> hooked = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();

    private FleetPlanner(Census.FleetSeen fleet, Function<Machine, Optional<Host.Presence>> presence, Instant now) {
        this.fleet = fleet;
        this.spec = fleet.spec();
        this.before = fleet.status();
        this.presence = presence;
        this.now = now;
        hooks = new Hooks(spec, now);
        // What keeps its name, address or volume can't be given them twice: there it is waited for proof.
        members = Members.of(
                fleet.members().stream().map(this::pastHook).toList(),
                spec.stateful().isEmpty() ? presence : presence.andThen(it -> it.map(Host.Presence::undoubted)),
                fleet.health());
        var size = Sizing.size(spec, before.wanted(), fleet.samples(), now);
        wanted = fleet.deleting() ? 0 : size.wanted();
        if (!fleet.deleting()) size.hold().ifPresent(holds::add);
    }

    /** @param told members of whom something else is wanted now: they are looked at in this very plan */
    record Decision(List<Step> steps, List<Machine> enlisted, List<Machine> told, FleetStatus status) {}

    /**
     * @param presence of the host on which a member has its place
     * @param fresh gives the uids of new members; where it runs out the rest waits for the next pass
     */
    static Decision plan(
            Census.FleetSeen fleet,
            Function<Machine, Optional<Host.Presence>> presence,
            Instant now,
            Iterator<UUID> fresh) {
        return new FleetPlanner(fleet, presence, now).decide(fresh);
    }

    private Machine pastHook(Machine member) {
        var next = member.deleting() ? Optional.<HookStatus>empty() : hooks.next(member);
        return next.map(how -> hook(member, how)).orElse(member);
    }

    private Machine hook(Machine member, HookStatus how) {
        steps.add(new Step.Hook(member.uid(), how));
        var now = member.hooked(how);
        hooked.add(now);
        return now;
    }

    /** Those that somebody was waited for before they go, and no longer is; one that ended by itself waits for nobody. */
    private void part() {
        for (var member : members.parting()) {
            boolean waits = member.status().hook().filter(HookStatus::waits).isPresent() && !Members.failed(member);
            if (!waits) steps.add(new Step.Retire(member.uid(), "the fleet has given it up, and nobody is waited for"));
        }
        long waiting = members.all().stream()
                .filter(member -> !member.deleting()
                        && member.status().hook().filter(HookStatus::waits).isPresent())
                .count();
        if (waiting > 0) holds.add(Holds.hooksWait(waiting));
    }

    private Decision decide(Iterator<UUID> fresh) {
        part();
        fleet.away().hold().ifPresent(holds::add);
        for (var member : members.failed()) steps.add(new Step.Retire(member.uid(), members.reason(member)));
        for (var member : members.lost()) steps.add(new Step.Retire(member.uid(), "its host is given up"));
        int running = (int) members.well().stream().filter(Members::runs).count();
        var breaker = breaker();
        var course = new Rollout(spec, members, now)
                .course(
                        before.revision(),
                        breaker,
                        opened(breaker),
                        resumed(),
                        fleet.good().isPresent());
        boolean closed = course.breaker().opened().isEmpty();
        var rest = course.breaker().equals(breaker) ? rest(running) : Rest.NONE;
        boolean makes = closed && !rest.goesOn(now);
        var wave = renew(course.revision(), makes && !spec.paused());
        var enlisted = enlist(course.revision(), wave, makes, fresh);
        var restart = restart(closed, course.revision());
        if (fleet.deleting() && fleet.members().isEmpty()) steps.add(new Step.Disband(fleet.uid()));
        if (!closed)
            holds.add(
                    Holds.breakerOpen(fleet.key().name(), course.breaker().why().orElse("")));
        else if (rest.goesOn(now)) holds.add(Holds.resting(rest.detail(), rest.failures()));
        if (wave.revision().givenUp().isPresent())
            holds.add(Holds.rolledBack(fleet.key().name()));
        if (!members.doubted().isEmpty())
            holds.add(Holds.membersDoubted(members.doubted().size()));
        int doubted = Members.tooManyIll(members.all(), fleet.health());
        if (doubted > 0) holds.add(Holds.probesDoubted(doubted));
        holds.addAll(restart.holds());
        var status = new FleetStatus(
                Math.min(members.well().size(), wanted) + enlisted.machines().size(),
                running,
                enlisted.nextOrdinal(),
                rest.failures(),
                rest.until(),
                rest.detail(),
                holds,
                Optional.of(wanted),
                Optional.of(members.all().size() + enlisted.machines().size() + awayCount()),
                Optional.of(course.breaker()).filter(it -> !it.equals(BreakerStatus.CLOSED)),
                Optional.of(wave.revision()),
                restart.status(),
                BurstStatus.of(fleet.away().machines()));
        var told = new ArrayList<>(hooked);
        told.addAll(restart.told());
        return new Decision(steps, enlisted.machines(), told, status);
    }

    /** Whether it counts as one of those that are wanted. */
    static boolean present(Machine member) {
        return !member.deleting() && !Members.failed(member) && !RecoveryPlanner.isLost(member);
    }

    private BreakerStatus breaker() {
        var detail = members.failed().isEmpty()
                ? ""
                : members.reason(members.failed().getLast());
        return Breaker.next(spec, wanted, before.breakerOrClosed(), members, detail, now);
    }

    private boolean opened(BreakerStatus breaker) {
        return breaker.opened().isPresent() && before.breakerOrClosed().opened().isEmpty();
    }

    private boolean resumed() {
        return spec.resumes() > before.breakerOrClosed().resumes();
    }

    /** @param until no members are made before */
    private record Rest(int failures, Optional<Instant> until, String detail) {
        static final Rest NONE = new Rest(0, Optional.empty(), "");

        boolean goesOn(Instant now) {
            return until.filter(now::isBefore).isPresent();
        }
    }

    /** The first failure is mended at once. When members go on failing before one of them runs, each round waits twice as long. */
    private Rest rest(int running) {
        var was = new Rest(before.failures(), before.restUntil(), before.lastFailure());
        if (resumed()) return Rest.NONE;
        if (members.failed().isEmpty()) return running > 0 && !was.goesOn(now) ? Rest.NONE : was;
        boolean everRan =
                members.failed().stream().anyMatch(member -> member.status().stage() == InstanceStatus.Stage.RUNNING);
        int failures = everRan ? 1 : was.failures() + 1;
        var rest = failures == 1 ? Duration.ZERO : Duration.ofSeconds(1L << Math.min(failures - 2, 6));
        var until = now.plus(rest.compareTo(REST_MAX) > 0 ? REST_MAX : rest);
        return new Rest(
                failures, Optional.of(until), members.reason(members.failed().getLast()));
    }

    /** Gives up those that are too many, and the old ones whose place new ones take. */
    private Rollout.Wave renew(RevisionStatus revision, boolean goesOn) {
        var rollout = new Rollout(spec, members, now);
        if (fleet.deleting()) {
            retireSurplus(members.well(), members.well().size());
            return Rollout.Wave.none(revision);
        }
        if (spec.stateful().isPresent()) retireBeyond();
        int surplus =
                spec.stateful().isPresent() ? 0 : Math.max(0, members.well().size() - wanted);
        if (revision.rollout().isEmpty()) {
            retireSurplus(members.well(), surplus);
            return rollout.wave(revision, wanted, room(), goesOn);
        }
        var old = rollout.oldFirst(revision);
        int beyond = Math.max(0, surplus - Share.of(spec.rollout().wave(), Math.max(1, wanted)));
        if (beyond > 0) { // it was made smaller meanwhile
            var rest = members.well().stream()
                    .filter(member -> !old.contains(member))
                    .toList();
            retire(old.stream().limit(beyond).toList(), "the fleet is to be smaller");
            retireSurplus(rest, beyond - old.size());
            return Rollout.Wave.none(revision);
        }
        var wave = rollout.wave(revision, wanted, room(), goesOn);
        if (wave.revision().rollout().isEmpty()) retireSurplus(members.well(), surplus);
        else retire(old.stream().limit(wave.retired()).toList(), "it is made from an older template");
        if (!goesOn && spec.paused()) holds.add(Holds.paused(fleet.key().name(), "rollout"));
        return wave;
    }

    private int room() {
        return Math.max(0, spec.cap() - members.all().size() - awayCount());
    }

    private int awayCount() {
        return fleet.away().machines().size();
    }

    /** Those that do not run go first, then the newest. */
    private void retireSurplus(List<Machine> some, int surplus) {
        var order = Comparator.comparing(Members::runs).thenComparing(Machine::uid, Comparator.reverseOrder());
        retire(some.stream().sorted(order).limit(Math.max(0, surplus)).toList(), "the fleet is to be smaller");
    }

    /** Of stateful members those whose number is too high, as far as those with the right ones serve. */
    private void retireBeyond() {
        var beyond = members.well().stream()
                .filter(member -> !isInPlace(member))
                .sorted(Comparator.comparingLong(FleetPlanner::ordinal).reversed())
                .toList();
        long serving = members.well().stream()
                .filter(member -> isInPlace(member) && members.serves(member))
                .count();
        long needless = Math.max(0, serving + beyond.size() - wanted);
        retire(beyond.stream().limit(needless).toList(), "the fleet is to be smaller");
    }

    private boolean isInPlace(Machine member) {
        return spec.stateful().isEmpty() || ordinal(member) <= wanted;
    }

    /** The number behind the fleet's name. */
    private static long ordinal(Machine member) {
        var name = member.key().name();
        return Long.parseLong(name.substring(name.lastIndexOf('-') + 1));
    }

    /** Somebody may want to know before. */
    private void retire(List<Machine> some, String why) {
        for (var member : some) {
            var before = hooks.beforeStopping(member);
            if (before.isPresent()) hook(member, before.get());
            else steps.add(new Step.Retire(member.uid(), why));
        }
    }

    /** @param nextOrdinal from which the next member is named; names that others have are passed over */
    private record Enlisted(List<Machine> machines, long nextOrdinal) {}

    private Enlisted enlist(RevisionStatus revision, Rollout.Wave wave, boolean makes, Iterator<UUID> fresh) {
        int inPlace = (int) members.well().stream().filter(this::isInPlace).count();
        int missing = makes ? Math.max(0, wanted - inPlace) + wave.enlisted() : 0;
        int most = Math.min(missing, room());
        if (most < missing)
            holds.add(Holds.atCap(
                    spec.cap(),
                    missing - most,
                    members.leaving() + members.failed().size()));
        var shape = revision.template().equals(spec.template())
                ? fleet.shape()
                : fleet.good().orElse(fleet.shape());
        var member = spec.member(revision.template(), fleet.key().name());
        var machines = new ArrayList<Machine>();
        long ordinal = before.nextOrdinal();
        var own = members.all().stream().map(Machine::key).collect(Collectors.toSet());
        for (var key :
                spec.stateful().isPresent() ? names(fleet.key(), 1, wanted) : names(fleet.key(), ordinal, spec.cap())) {
            if (machines.size() >= most || !fresh.hasNext()) break;
            ordinal++;
            if (fleet.taken().contains(key) || own.contains(key)) continue;
            var site = Optional.ofNullable(fleet.kept().get(key.name()));
            machines.add(new Machine(
                    fresh.next(),
                    key,
                    Optional.of(fleet.uid()),
                    member,
                    false,
                    site.map(shape::at).orElse(shape),
                    Optional.empty(),
                    Optional.empty(),
                    InstanceStatus.FRESH.hooked(hooks.ofNew())));
        }
        for (var machine : machines)
            steps.add(new Step.Enlist(fleet.uid(), machine.uid(), machine.key(), machine.spec(), hooks.ofNew()));
        return new Enlisted(machines, spec.stateful().isPresent() ? before.nextOrdinal() : ordinal);
    }

    /** The names that one plan may give to new members of a fleet that may have {@code count} in all. */
    static List<Key> names(Key fleet, long firstOrdinal, int count) {
        return LongStream.range(firstOrdinal, firstOrdinal + Math.min(count, Plan.ENLISTED_MAX))
                .mapToObj(ordinal -> new Key(Compute.INSTANCE.name(), fleet.project(), fleet.name() + "-" + ordinal))
                .toList();
    }

    private RestartWaves.Next restart(boolean closed, RevisionStatus revision) {
        if (fleet.deleting()) return new RestartWaves.Next(before.restart(), List.of(), List.of());
        boolean goesOn = closed && !spec.paused() && revision.rollout().isEmpty();
        var next = new RestartWaves(spec, members, now)
                .next(before.restart(), fleet.before(), wanted, this::isReachable, goesOn);
        if (spec.paused() && next.status().filter(RestartStatus::open).isPresent())
            holds.add(Holds.paused(fleet.key().name(), "restart"));
        var retired = steps.stream()
                .filter(Step.Retire.class::isInstance)
                .map(step -> ((Step.Retire) step).instance())
                .collect(Collectors.toCollection(HashSet::new));
        for (var member : hooked) if (Members.isParting(member)) retired.add(member.uid());
        var told = next.told().stream()
                .filter(member -> !retired.contains(member.uid()))
                .map(Machine::rebooted)
                .toList();
        for (var member : told) steps.add(new Step.Reboot(member.uid(), member.spec()));
        return new RestartWaves.Next(next.status(), told, next.holds());
    }

    private boolean isReachable(Machine member) {
        return presence.apply(member).filter(Host.Presence.UP::equals).isPresent();
    }
}
