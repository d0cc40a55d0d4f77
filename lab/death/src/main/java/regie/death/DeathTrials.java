package regie.death;

import static regie.death.VirtualTime.MILLI;
import static regie.death.VirtualTime.SECOND;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import regie.agent.lease.LeaseProfile;

/** Deaths of hosts in an estate of {@link BigEstate#HOSTS}, one after the other, and how long it takes until their guests start elsewhere. */
public final class DeathTrials {
    /** So many die at a time that no storm is made of them: about 60 of a site's 1,000 are gone at any moment. */
    private static final long BETWEEN = 120 * MILLI;

    /** The last one to die is mended, has booted and has come back clean by then. */
    private static final long SETTLES_AFTER = 30 * SECOND;

    private static final long MENDED_AFTER = 20 * SECOND;

    private enum Way {
        POWER,
        POWER_AND_BMC,
        AGENT_HANGS,
        STORAGE_HANGS,
        PARTITION,
        NOT_HEARD,
        HEARS_NOTHING
    }

    /**
     * @param bmc seconds from a death to the first restart, where the BMC says off
     * @param replaced seconds from a death to the replacement of a member that owns nothing, whatever the death was
     * @param fast the same where nobody but the fast lease can tell, {@code safe} with the safe one
     * @param spread from the first restart of a host's guests until the last of them runs
     * @param lost guests that should run at the end and don't
     * @param grayTouched hosts whose storage hung and whose guests were started elsewhere
     */
    public record Sum(
            List<Double> bmc,
            List<Double> replaced,
            List<Double> fast,
            List<Double> safe,
            List<Double> spread,
            int doubleRuns,
            int lost,
            int grayTouched,
            long events) {

        /** The smallest value that {@code percent} of all don't exceed; 0 of none. */
        public static double percentile(List<Double> values, double percent) {
            if (values.isEmpty()) return 0;
            var sorted = new ArrayList<>(values);
            Collections.sort(sorted);
            return sorted.get((int) Math.ceil(percent / 100 * sorted.size()) - 1);
        }
    }

    private static final class Death {
        private final Way way;
        private final SimHost host;
        private final long at;
        private final Set<String> guests;
        private long began = Long.MAX_VALUE;
        private long ended;

        private Death(Way way, SimHost host, long at) {
            this.way = way;
            this.host = host;
            this.at = at;
            this.guests = new HashSet<>(host.world.room.host(host.name).has.keySet());
        }
    }

    private final BigEstate estate;
    private final World world;
    private final Map<String, Death> byGuest = new HashMap<>();
    private final Map<String, Death> byHost = new HashMap<>();
    private final List<Death> deaths = new ArrayList<>();

    /** A death for each member that it took; they are replaced in about the order in which they died. */
    private final Queue<Death> unreplaced = new ArrayDeque<>();

    private final List<Double> replaced = new ArrayList<>();

    private DeathTrials(long seed) {
        estate = new BigEstate(seed);
        world = estate.world;
        world.starts = this::started;
        world.room.seated = this::seated;
    }

    /** @throws Play.Failure where a promise was broken */
    public static Sum run(int trials, long seed) throws Play.Failure {
        var all = new DeathTrials(seed);
        try {
            return all.play(trials);
        } catch (Oracle.Broken broken) {
            throw new Play.Failure(seed, String.valueOf(broken.getMessage()), List.of());
        }
    }

    private Sum play(int trials) {
        estate.settle();
        for (int trial = 0; trial < trials; trial++) {
            die(Way.values()[trial % Way.values().length]);
            estate.run(BETWEEN);
        }
        estate.run(MENDED_AFTER + SETTLES_AFTER);
        return sum();
    }

    private void die(Way way) {
        var host = world.dice.of(estate.hosts);
        if (!world.room.host(host.name).good() || byHost.containsKey(host.name)) {
            die(way);
            return;
        }
        var death = new Death(way, host, world.time.now());
        deaths.add(death);
        byHost.put(host.name, death);
        death.guests.forEach(guest -> byGuest.put(guest, death));
        if (way != Way.STORAGE_HANGS)
            for (var guest : death.guests) if (!Machine.fleetOf(guest).isEmpty()) unreplaced.add(death);
        switch (way) {
            case POWER -> host.powerOff("feed lost");
            case POWER_AND_BMC -> {
                host.powerOff("feed lost");
                host.bmcFeed = false;
            }
            case AGENT_HANGS -> host.agent().ifPresent(agent -> agent.pause(MENDED_AFTER));
            case STORAGE_HANGS -> host.storageHangs = true;
            case PARTITION -> {
                world.network.mute(host.name);
                world.network.deafen(host.name);
            }
            case NOT_HEARD -> world.network.mute(host.name);
            case HEARS_NOTHING -> world.network.deafen(host.name);
        }
        world.time.after(MENDED_AFTER, () -> mend(death));
    }

    private void mend(Death death) {
        var host = death.host;
        byHost.remove(host.name);
        host.storageHangs = false;
        world.network.unmute(host.name);
        world.network.undeafen(host.name);
        host.powerOn();
    }

    /** The room has given a guest another place. */
    private void seated(String machine, String on) {
        var death = byGuest.get(machine);
        if (death != null) {
            death.began = Math.min(death.began, world.time.now());
            // Where its new host has died too, and nobody knows it yet, it is one of the guests of that one.
            Optional.ofNullable(byHost.get(on)).ifPresent(second -> byGuest.put(machine, second));
        } else if (!unreplaced.isEmpty() && !Machine.fleetOf(machine).isEmpty())
            replaced.add((world.time.now() - unreplaced.remove().at) / 1e9);
    }

    private void started(String machine, String host) {
        var death = byGuest.get(machine);
        if (death != null && !host.equals(death.host.name)) death.ended = Math.max(death.ended, world.time.now());
    }

    private Sum sum() {
        var bmc = new ArrayList<Double>();
        var fast = new ArrayList<Double>();
        var safe = new ArrayList<Double>();
        var spread = new ArrayList<Double>();
        int gray = 0;
        for (var death : deaths) {
            boolean restarted = death.began != Long.MAX_VALUE;
            if (death.way == Way.STORAGE_HANGS) {
                if (restarted) gray++;
                continue;
            }
            // One that was never restarted counts as if it took for ever: the percentile shows it.
            double seconds = restarted ? (death.began - death.at) / 1e9 : 1e6;
            if (death.way == Way.POWER) bmc.add(seconds);
            else (death.host.profile == LeaseProfile.FAST ? fast : safe).add(seconds);
            if (restarted) spread.add((death.ended - death.began) / 1e9);
        }
        int lost = 0;
        for (var machine : world.room.machines.values())
            if (!machine.retired()
                    && machine.host()
                            .filter(host -> world.oracle.runsOnlyOn(machine.uid(), host))
                            .isEmpty()) lost++;
        return new Sum(bmc, replaced, fast, safe, spread, world.oracle.doubleRuns(), lost, gray, world.time.events());
    }
}
