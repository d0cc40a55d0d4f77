package regie.death;

import static regie.death.VirtualTime.SECOND;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import regie.agent.lease.Lease;
import regie.agent.lease.LeaseProfile;

/**
 * One seed: an estate, one kind of trouble, then calm, after which all that should run has to run, once. The same seed gives the same
 * {@link Outcome}, its hash included.
 */
public final class Play {
    private static final long QUIET = 6 * SECOND;
    private static final long STORM = 45 * SECOND;
    private static final long CALM_MOST = 180 * SECOND;
    private static final long ROOM_AWAY = 600 * SECOND;

    private final long seed;
    private final World world;
    private final Dice dice;

    /** Which trouble a seed brings. */
    enum Trouble {
        STORM,
        /** Pauses and blips shorter than the lease. */
        HARMLESS,
        /** A tenth of a site or more at once. */
        VANISH,
        /** All servers of the room. */
        ROOM_AWAY,
        /** One host, for good. */
        LASTING,
        /** A host that is cut off piece by piece: {@link Faults#shift}. */
        SHIFT,
        /** A host and a part of its voters are cut off together: {@link Faults#island}. */
        ISLAND
    }

    /** @param story lines for a reader, where they were asked for */
    public record Outcome(long hash, long events, int condemned, int dead, int restarts, List<String> story) {}

    /** A promise was broken. */
    public static final class Failure extends Exception {
        private final List<String> story;

        Failure(long seed, String what, List<String> story) {
            super("seed %d: %s".formatted(seed, what));
            this.story = story;
        }

        public List<String> story() {
            return story;
        }
    }

    private Play(long seed, Parts parts, boolean told) {
        this.seed = seed;
        this.world = new World(seed, parts, told);
        this.dice = world.dice;
    }

    /** @throws Failure where a promise was broken */
    public static Outcome run(long seed, boolean told) throws Failure {
        return run(seed, new Parts(), told);
    }

    static Outcome run(long seed, Parts parts, boolean told) throws Failure {
        var play = new Play(seed, parts, told);
        try {
            play.play();
        } catch (Oracle.Broken broken) {
            throw new Failure(seed, String.valueOf(broken.getMessage()), play.world.story.lines());
        }
        var room = play.world.room;
        return new Outcome(
                play.world.time.hash(),
                play.world.time.events(),
                room.condemnedEver,
                room.provenEver,
                room.restarts,
                play.world.story.lines());
    }

    static Trouble trouble(long seed) {
        return switch ((int) (seed % 20)) {
            case 1, 2, 3 -> Trouble.HARMLESS;
            case 4, 5 -> Trouble.VANISH;
            case 6 -> Trouble.ROOM_AWAY;
            case 8, 10 -> Trouble.LASTING;
            case 9, 11 -> Trouble.SHIFT;
            case 13, 17 -> Trouble.ISLAND;
            default -> Trouble.STORM;
        };
    }

    private void play() {
        var trouble = trouble(seed);
        build(trouble);
        world.begin();
        run(25 * SECOND);
        switch (trouble) {
            case STORM -> storm();
            case HARMLESS -> harmless();
            case VANISH -> vanish();
            case ROOM_AWAY -> roomAway();
            case LASTING -> lasting();
            case SHIFT -> shift();
            case ISLAND -> island();
        }
        world.oracle.untouchable(false);
        world.calm();
        converge();
    }

    private void build(Trouble trouble) {
        world.addServers(trouble == Trouble.STORM ? (int) dice.between(1, 3) : 2);
        int sites = (int) dice.between(1, 2);
        int racks = (int) dice.between(1, 4);
        int each = trouble == Trouble.ROOM_AWAY
                ? 4
                : (int) dice.between(least(trouble), trouble == Trouble.VANISH ? 14 : 7);
        var names = new ArrayList<String>();
        for (int site = 1; site <= sites; site++)
            for (int i = 1; i <= each; i++) {
                var name = "h%d%02d".formatted(site, i);
                var profile =
                        dice.of(List.of(LeaseProfile.SAFE, LeaseProfile.SAFE, LeaseProfile.FAST, LeaseProfile.NONE));
                if (trouble != Trouble.STORM && profile == LeaseProfile.NONE) profile = LeaseProfile.SAFE;
                // A controller that can cut the power ends what a lease would have to: where leases are tried, none
                // helps.
                boolean bmc = switch (trouble) {
                    case SHIFT, ISLAND -> false;
                    case STORM, LASTING -> dice.percent(50);
                    case HARMLESS, VANISH, ROOM_AWAY -> true;
                };
                world.add(name, "site" + site, "rack%d%d".formatted(site, i % racks), profile, bmc, dice.percent(50));
                names.add(name);
            }
        for (int i = 1; i <= names.size(); i++) world.addMachine("m" + i, dice.of(names), dice.below(3));
        world.addFleet("web", Math.max(2, names.size() / 2), (int) dice.between(1, 2), names);
        world.story.say(
                "world",
                "%s: %d sites of %d hosts, %d servers of the room",
                trouble,
                sites,
                each,
                world.room.servers.size());
    }

    /** Of one host in trouble its neighbours have to tell; and it has to be too few for a storm. */
    private static int least(Trouble trouble) {
        return trouble == Trouble.LASTING || trouble == Trouble.SHIFT || trouble == Trouble.ISLAND ? 4 : 2;
    }

    private void run(long nanos) {
        world.time.run(world.time.now() + nanos, () -> {});
    }

    private void storm() {
        new Faults(world).storm(world.time.now() + STORM);
        run(STORM);
    }

    private void harmless() {
        world.oracle.untouchable(true);
        new Blips(world).strikeUntil(world.time.now() + STORM);
        run(STORM + QUIET);
    }

    /** At least three hosts and more than a tenth of a site or of the estate lose their power, or their lines, within 100 ms. */
    private void vanish() {
        var hosts = new ArrayList<>(world.hosts.values());
        int least = Math.max(3, hosts.size() / 10 + 1);
        if (hosts.size() < least) return;
        int many = (int) dice.between(least, hosts.size());
        boolean power = dice.percent(50);
        var gone = new TreeSet<String>();
        while (gone.size() < many) gone.add(dice.of(hosts).name);
        world.story.say("fault", "%s vanish at once", gone);
        int condemned = world.room.condemnedEver;
        world.operatorTakesSeconds = 60;
        for (var name : gone)
            world.time.after(dice.between(0, 100 * VirtualTime.MILLI), () -> {
                if (power) {
                    world.host(name).powerOff("feed lost");
                    return;
                }
                world.network.mute(name);
                world.network.deafen(name);
            });
        run(40 * SECOND);
        if (world.room.condemnedEver > condemned || world.room.provenEver > 0)
            throw world.oracle.broken("%d vanished at once and some were fenced".formatted(many));
        if (world.room.stormEvents != 1)
            throw world.oracle.broken(
                    "%d vanished at once: %d events, expected 1".formatted(many, world.room.stormEvents));
    }

    private void lasting() {
        var host = dice.of(new ArrayList<>(world.hosts.values()));
        var had = List.copyOf(world.room.host(host.name).has.keySet());
        new Faults(world).lasting(host);
        run(25 * SECOND);
        for (var machine : had) {
            var row = world.room.machines.get(machine);
            if (row != null
                    && row.host()
                            .filter(other -> !other.equals(host.name) && world.oracle.runsOnlyOn(machine, other))
                            .isEmpty())
                throw world.oracle.broken(
                        "%s does not run elsewhere, 25 s after its host %s was lost".formatted(machine, host.name));
        }
        host.killAgent();
    }

    private void shift() {
        var faults = new Faults(world);
        for (int i = 0; i < 3; i++) {
            faults.shift(dice.of(new ArrayList<>(world.hosts.values())));
            run(40 * SECOND);
        }
    }

    private void island() {
        var faults = new Faults(world);
        for (int i = 0; i < 3; i++) {
            faults.island(dice.of(new ArrayList<>(world.hosts.values())));
            run(50 * SECOND);
        }
    }

    private void roomAway() {
        world.oracle.untouchable(true);
        world.room.servers.forEach(server -> server.die("the room is away"));
        if (dice.percent(50)) world.room.down = true;
        run(ROOM_AWAY);
        world.oracle.untouchable(true);
        world.room.down = false;
        world.room.servers.forEach(SimServer::start);
        run(QUIET);
    }

    /** It has to come to rest, and to stay so for a while. What a BMC was told to turn off is turned on again by somebody. */
    private void converge() {
        long end = world.time.now() + CALM_MOST;
        long restsSince = Long.MAX_VALUE;
        while (world.time.now() < end) {
            run(2 * SECOND);
            world.hosts.values().forEach(SimHost::powerOn);
            restsSince = unsettled().isEmpty() ? Math.min(restsSince, world.time.now()) : Long.MAX_VALUE;
            if (restsSince <= world.time.now() - QUIET) return;
        }
        throw world.oracle.broken("calm did not converge: " + unsettled());
    }

    /** What is not as it should be, in words. */
    private List<String> unsettled() {
        var left = new ArrayList<String>();
        for (var row : world.room.hosts.values()) {
            if (row.condemnation.isPresent()) left.add(row.name + " is condemned");
            var agent = world.host(row.name).agent();
            if (agent.isEmpty()) left.add(row.name + " has no agent");
            else if (agent.get().lease().state(world.host(row.name).now()) instanceof Lease.State.Lapsed)
                left.add(row.name + " has no lease");
            if (world.host(row.name).disk.refusals.number() < world.room.listNumber)
                left.add(row.name + " refuses by an old list");
        }
        for (var storm : world.room.storms) left.add(storm.name() + " is not over");
        for (var machine : world.room.machines.values()) {
            if (machine.retired()) left.add(machine.uid() + " is retired and not gone");
            else if (machine.host().isEmpty()) left.add(machine.uid() + " has no place");
            else if (!world.oracle.runsOnlyOn(machine.uid(), machine.host().get()))
                left.add("%s does not run on %s alone"
                        .formatted(machine.uid(), machine.host().get()));
        }
        for (var fleet : world.room.fleets.values()) {
            long alive = world.oracle.aliveOf(fleet.name());
            if (alive != fleet.size())
                left.add("%d members of %s live, expected %d".formatted(alive, fleet.name(), fleet.size()));
        }
        return left;
    }
}
