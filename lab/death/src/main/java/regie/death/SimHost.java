package regie.death;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import regie.agent.lease.Answer;
import regie.agent.lease.LeaseProfile;

/**
 * The machine itself: power, clock, disk, the guests' processes, the warden, the BMC. Nothing here decides anything.
 *
 * <p>The warden is outside the agent. Once the end that it was told has passed it ends all guests, and again at each look until it is told
 * of a new end. A real one looks every 50 ms, so that a guest whose start was under way may live until then; here none starts meanwhile.
 */
final class SimHost {
    /** The warden has 300 ms with the fast profile; it takes at most that, timers included. */
    static final long STRIKE_MAX = 200 * VirtualTime.MILLI;

    static final long STOP_LEAST = LeaseProfile.FAST.stop().toNanos();

    private static final long BOOT_LEAST = 5 * VirtualTime.SECOND;
    private static final long BOOT_MOST = 15 * VirtualTime.SECOND;

    final World world;
    final String name;
    final String site;
    final String rack;
    final Skew clock;
    final Disk disk = new Disk();
    final boolean bmc;
    final boolean watchdog;

    LeaseProfile profile;
    boolean powered;
    boolean feed = true;
    boolean bmcFeed = true;
    long frozenUntil;
    private long frozenInAll;
    boolean storageHangs;
    long incarnations;
    private Optional<SimAgent> agent = Optional.empty();
    private final Map<String, Long> processes = new LinkedHashMap<>();

    /** How often a process began or ended. */
    private long turns;

    private Optional<Long> wardenEnd = Optional.empty();
    private boolean gateShut = true;
    private long wardenLooksAt = Long.MAX_VALUE;
    private int boots;

    SimHost(World world, String name, String site, String rack, LeaseProfile profile, boolean bmc, boolean watchdog) {
        this.world = world;
        this.name = name;
        this.site = site;
        this.rack = rack;
        this.profile = profile;
        this.bmc = bmc;
        this.watchdog = watchdog;
        this.clock = Skew.by(world.dice);
    }

    /** What the machine's clock reads: CLOCK_BOOTTIME, which goes on while it is frozen. */
    long now() {
        return world.parts.hostClock(this, clock.read(world.time.now()));
    }

    Optional<SimAgent> agent() {
        return agent;
    }

    long turns() {
        return turns;
    }

    Map<String, Long> processes() {
        return processes;
    }

    boolean frozen() {
        return world.time.now() < frozenUntil;
    }

    /** In this and all earlier freezes; the whole of one from its beginning. */
    long frozenInAll() {
        return frozenInAll;
    }

    // Power.

    void powerOff(String why) {
        if (!powered) return;
        world.story.say(name, "power off: %s", why);
        powered = false;
        agent.ifPresent(SimAgent::die);
        agent = Optional.empty();
        endAll();
        wardenEnd = Optional.empty();
        gateShut = true;
        frozenUntil = 0;
        boots++;
    }

    void powerOn() {
        feed = true;
        bmcFeed = true;
        if (powered) return;
        powered = true;
        int boot = ++boots;
        world.story.say(name, "power on");
        world.time.after(world.dice.between(BOOT_LEAST, BOOT_MOST), () -> {
            if (powered && boot == boots) startAgent();
        });
    }

    /** At once, as the play begins. */
    void begin() {
        powered = true;
        startAgent();
    }

    // The agent.

    void startAgent() {
        if (!powered) return;
        agent.ifPresent(SimAgent::die);
        var fresh = new SimAgent(this, ++incarnations);
        agent = Optional.of(fresh);
        fresh.begin();
    }

    void answer(Answer answer) {
        agent.ifPresent(running -> running.deliver(() -> running.answered(answer)));
    }

    void killAgent() {
        agent.ifPresent(SimAgent::die);
        agent = Optional.empty();
        world.story.say(name, "agent killed");
    }

    // The guests.

    /** True where the process is there afterwards. */
    boolean start(String machine, long epoch) {
        if (!powered || storageHangs) return false;
        if (gateShut && world.parts.wardenHoldsTheGate(this)) return false;
        if (processes.containsKey(machine)) return true;
        processes.put(machine, epoch);
        turns++;
        world.story.say(name, "starts %s, epoch %d", machine, epoch);
        world.started(machine, name);
        return true;
    }

    void end(String machine) {
        if (processes.remove(machine) == null) return;
        turns++;
        world.story.say(name, "ends %s", machine);
        world.oracle.ended(machine, name);
    }

    private void endAll() {
        for (var machine : new ArrayList<>(processes.keySet())) end(machine);
    }

    // The warden.

    /** Told by the agent: until when guests may run; empty where nothing bounds it. */
    void arm(Optional<Long> end) {
        wardenEnd = end;
        if (end.isEmpty()) {
            gateShut = false;
            return;
        }
        if (end.get() > now()) gateShut = false;
        // Never at this very instant again: its clock may stand.
        long when = Math.max(clock.truth(end.get()), world.time.now() + (end.get() > now() ? VirtualTime.MILLI : 0));
        if (when < wardenLooksAt) {
            wardenLooksAt = when;
            world.time.at(when, this::wardenLooks);
        }
    }

    /** Empty where nothing bounds the guests; only of a host whose gate is open. */
    Optional<Long> wardenEnd() {
        return wardenEnd;
    }

    boolean gateShut() {
        return gateShut;
    }

    private void wardenLooks() {
        wardenLooksAt = Long.MAX_VALUE;
        if (!powered || wardenEnd.isEmpty()) return;
        if (frozen()) {
            wardenLooksAt = frozenUntil;
            world.time.at(frozenUntil, this::wardenLooks);
        } else if (now() < wardenEnd.get()) {
            arm(wardenEnd);
        } else if (world.parts.wardenWorks(this)) {
            int boot = boots;
            world.time.after(world.parts.strikeAfter(this, world.dice.between(0, STRIKE_MAX)), () -> {
                if (boot == boots) strike();
            });
        }
    }

    private void strike() {
        if (frozen()) {
            world.time.at(frozenUntil, this::wardenLooks);
            return;
        }
        if (!powered || wardenEnd.filter(end -> end <= now()).isEmpty()) return;
        if (!gateShut) world.story.say(name, "warden: the lease is over");
        gateShut = true;
        endAll();
        agent.ifPresent(running -> running.deliver(running::stopped));
    }

    /**
     * The whole machine stands still. One that has a hardware watchdog, which the warden arms anew with each end, is reset by it halfway
     * into the time that the ending of guests may take.
     */
    void freeze(long nanos) {
        if (!powered) return;
        world.story.say(name, "freezes for %.1f s", nanos / 1e9);
        long thaws = Math.max(frozenUntil, world.time.now() + nanos);
        frozenInAll += thaws - Math.max(frozenUntil, world.time.now());
        frozenUntil = thaws;
        int boot = boots;
        if (!watchdog || wardenEnd.isEmpty()) return;
        long reset = clock.truth(wardenEnd.get() + STOP_LEAST / 2);
        if (reset < frozenUntil)
            world.time.at(reset, () -> {
                if (boot != boots || !frozen()) return;
                powerOff("watchdog");
                powerOn();
            });
    }

    // The BMC.

    enum BmcSays {
        ON,
        OFF,
        NOTHING
    }

    BmcSays askBmc() {
        if (!bmc || !bmcFeed) return BmcSays.NOTHING;
        return powered ? BmcSays.ON : BmcSays.OFF;
    }

    BmcSays bmcTurnsOff() {
        if (!bmc || !bmcFeed) return BmcSays.NOTHING;
        powerOff("told by its BMC");
        return BmcSays.OFF;
    }
}
