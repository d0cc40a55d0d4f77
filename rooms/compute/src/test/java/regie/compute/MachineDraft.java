package regie.compute;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;
import regie.agent.contract.GuestSeen;
import regie.compute.InstanceSpec.Power;
import regie.compute.InstanceStatus.Stage;
import regie.kernel.Hold;
import regie.placement.Rules;

/** A machine of a {@link Scene}, told step by step. What is not told is as of a machine that was just declared. */
final class MachineDraft {
    static final Claim SMALL = new Claim(1, 128, 0);

    final UUID uid;
    final String name;
    private Claim claim = SMALL;
    private Optional<UUID> fleet = Optional.empty();
    private Optional<String> site = Optional.empty();
    private Optional<AntiAffinity> apart = Optional.empty();
    private Optional<String> group = Optional.empty();
    private Power power = Power.ON;
    private int reboots;
    private int builds;
    private boolean deleting;
    private final List<Hold> obstacles = new ArrayList<>();
    private Optional<UUID> server = Optional.empty();
    private Claim held = SMALL;
    private Claim given = SMALL;
    private boolean ruled = true;
    private boolean leaving;
    private boolean gone;
    private boolean lost;
    private Optional<GuestSeen> seen = Optional.empty();
    private Stage stage = Stage.PENDING;
    private Optional<Instant> since = Optional.empty();
    private int failures;

    MachineDraft(UUID uid, String name) {
        this.uid = uid;
        this.name = name;
    }

    MachineDraft wants(int vcpus, long memoryMiB, long diskGiB) {
        claim = new Claim(vcpus, memoryMiB, diskGiB);
        return this;
    }

    MachineDraft of(UUID owner, String itsGroup) {
        fleet = Optional.of(owner);
        group = Optional.of(itsGroup);
        return this;
    }

    MachineDraft onlyAt(String wanted) {
        site = Optional.of(wanted);
        return this;
    }

    MachineDraft apart(String from, AntiAffinity how) {
        group = Optional.of(from);
        apart = Optional.of(how);
        return this;
    }

    /** It was given its place before it had a group or rules. */
    MachineDraft unruled() {
        ruled = false;
        return this;
    }

    MachineDraft off() {
        power = Power.OFF;
        return this;
    }

    MachineDraft rebooted(int times) {
        reboots = times;
        return this;
    }

    MachineDraft rebuilt(int times) {
        builds = times;
        return this;
    }

    MachineDraft deleting() {
        deleting = true;
        return this;
    }

    MachineDraft obstacle(Hold hold) {
        obstacles.add(hold);
        return this;
    }

    /** It has its place, with the shape that it wants so far. */
    MachineDraft on(UUID host) {
        server = Optional.of(host);
        held = claim;
        given = claim;
        stage = Stage.STARTING;
        return this;
    }

    /** Its place holds so much, though its host was told so much. */
    MachineDraft holding(Claim taken, Claim told) {
        held = taken;
        given = told;
        return this;
    }

    MachineDraft leaving(boolean goneFromHost) {
        leaving = true;
        gone = goneFromHost;
        return this;
    }

    /** Its host is proven dead. */
    MachineDraft lost() {
        lost = true;
        gone = true;
        return this;
    }

    MachineDraft seen(GuestSeen.State state, String detail) {
        seen = Optional.of(new GuestSeen(uid, 1, state, 0, 0, detail));
        if (state == GuestSeen.State.RUNNING) stage = Stage.RUNNING;
        return this;
    }

    MachineDraft running() {
        return seen(GuestSeen.State.RUNNING, "");
    }

    MachineDraft crashed() {
        return seen(GuestSeen.State.CRASHED, "its process was killed");
    }

    /** It was shown so for {@code ago}, after {@code times} failures in a row. */
    MachineDraft shown(Stage as, Duration ago, int times) {
        stage = as;
        since = Optional.of(Scene.NOW.minus(ago));
        failures = times;
        return this;
    }

    Machine machine() {
        var spec = new InstanceSpec(
                "flavor",
                "micro",
                Optional.empty(),
                site,
                Optional.empty(),
                power,
                apart,
                group,
                reboots,
                builds,
                Optional.empty());
        var status = new InstanceStatus(
                stage,
                since,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                server.isPresent() ? 1 : 0,
                failures,
                List.of());
        var rules = PlacementRules.rules(spec, Optional.empty());
        var told = new regie.placement.Guest(uid, "shop", group.orElse(""), Scene.size(given), rules);
        var before = new regie.placement.Guest(uid, "shop", "", Scene.size(given), Rules.NONE);
        return new Machine(
                uid,
                Compute.INSTANCE.key("shop", name),
                fleet,
                spec,
                deleting,
                new Machine.Shape(Scene.size(claim), rules, obstacles),
                server.map(host -> new Machine.Allocation(
                        new Seated(ruled ? told : before, Scene.place(host, given)),
                        Scene.place(host, held),
                        1,
                        guest(),
                        leaving,
                        gone,
                        lost)),
                seen,
                status);
    }

    /** As placement has it, where it has a place. */
    Optional<Occupancy.Seat> seat() {
        var machine = machine();
        return machine.allocation().map(place -> {
            var told = place.told().guest();
            var leaver = new regie.placement.Guest(uid, "shop", "", told.shape(), Rules.NONE);
            return new Occupancy.Seat(leaving ? leaver : told, place.held());
        });
    }

    private Guest guest() {
        var inside = new Guest.Machine(given, List.of(), "", List.of(), new Guest.CloudInit("", "", ""));
        return new Guest(uid, name, 1, Guest.Power.ON, 0, 0, inside);
    }
}
