package regie.death;

import static regie.death.VirtualTime.SECOND;

import java.util.ArrayList;
import java.util.List;
import regie.agent.lease.LeaseProfile;

/** Three sites of fifty racks of twenty hosts, forty guests on each; every other host with the fast lease. */
final class BigEstate {
    static final int SITES = 3;
    static final int RACKS = 50;
    static final int EACH = 20;
    static final int HOSTS = SITES * RACKS * EACH;
    static final int GUESTS = 40;

    /** Of the forty, so many are members of a fleet and own nothing. */
    private static final int MEMBERS = 2;

    final World world;
    final List<SimHost> hosts = new ArrayList<>();

    BigEstate(long seed) {
        world = new World(seed, new Parts(), false);
        world.addServers(2);
        world.network.together = true;
        for (int site = 1; site <= SITES; site++)
            for (int i = 0; i < RACKS * EACH; i++) {
                var profile = i % 2 == 0 ? LeaseProfile.SAFE : LeaseProfile.FAST;
                var rack = "site%d-r%02d".formatted(site, i % RACKS);
                hosts.add(world.add("h%d%03d".formatted(site, i), "site" + site, rack, profile, true, true));
            }
        int made = 0;
        for (int guest = MEMBERS; guest < GUESTS; guest++)
            for (var host : hosts) world.addMachine("m" + ++made, host.name, made % 3);
        var names = hosts.stream().map(host -> host.name).toList();
        world.addFleet("web", MEMBERS * HOSTS, HOSTS / 10, names);
    }

    /** Until all of them have their terms and all guests run. */
    void settle() {
        world.begin();
        world.time.run(12 * SECOND, () -> {});
    }

    void run(long nanos) {
        world.time.run(world.time.now() + nanos, () -> {});
    }
}
