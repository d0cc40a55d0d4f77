package regie.death;

import static regie.death.VirtualTime.MILLI;
import static regie.death.VirtualTime.SECOND;

import java.util.ArrayList;
import java.util.List;
import regie.agent.lease.LeaseProfile;

/** What goes wrong, drawn from the seed: when, with whom, and when it is mended. */
final class Faults {
    private final World world;
    private final Dice dice;
    private final List<SimHost> hosts;

    Faults(World world) {
        this.world = world;
        this.dice = world.dice;
        this.hosts = new ArrayList<>(world.hosts.values());
    }

    /** One strike after the other until {@code end}. */
    void storm(long end) {
        world.network.lossPercent = dice.of(List.of(0, 0, 2, 20));
        world.network.doublePercent = dice.of(List.of(0, 5, 20));
        world.network.latePercent = dice.of(List.of(0, 5, 30));
        world.network.lateMillis = dice.of(List.of(50L, 500L, 4000L));
        world.crashPerMille = dice.of(List.of(0, 5, 40));
        world.databaseMostMillis = dice.of(List.of(5L, 50L, 1500L));
        world.operatorTakesSeconds = dice.of(List.of(2, 20));
        next(end, dice.of(List.of(4 * SECOND, 4 * SECOND, 15 * SECOND)));
    }

    private void next(long end, long most) {
        world.time.after(dice.between(200 * MILLI, most), () -> {
            if (world.time.now() >= end) return;
            strike();
            next(end, most);
        });
    }

    private void strike() {
        var host = dice.of(hosts);
        switch (dice.below(21)) {
            case 0, 1 -> power(host, true);
            case 2 -> power(host, false);
            case 3 -> host.freeze(frozenFor(host));
            case 4, 5 -> pause(host);
            case 6 -> host.killAgent();
            case 7 -> restartAgent(host);
            case 8 -> storage(host);
            case 9, 10 -> isolate(host, true, true);
            case 11 -> isolate(host, true, false);
            case 12 -> isolate(host, false, true);
            case 13, 14 -> parts();
            case 15 -> room();
            case 16 -> terms(host);
            case 17 -> lie(host);
            case 18 -> loseDisk(host);
            case 19 -> shift(host);
            default -> guest(host);
        }
    }

    private void power(SimHost host, boolean bmcLives) {
        world.story.say("fault", "%s loses power%s", host.name, bmcLives ? "" : ", and so does its BMC");
        host.powerOff("feed lost");
        host.bmcFeed = bmcLives;
        world.time.after(dice.between(SECOND, 40 * SECOND), host::powerOn);
    }

    /**
     * Without a hardware watchdog nothing can end guests on a machine that stands still past the end of its lease; that is a stated limit,
     * so no such thing is played.
     */
    private long frozenFor(SimHost host) {
        long wish = dice.between(100 * MILLI, 20 * SECOND);
        if (host.watchdog || host.wardenEnd().isEmpty()) return wish;
        long most = host.wardenEnd().get() - host.now() + SimHost.STOP_LEAST - 250 * MILLI;
        return Math.max(MILLI, Math.min(wish, most));
    }

    private void pause(SimHost host) {
        long nanos = dice.between(100 * MILLI, 20 * SECOND);
        world.story.say("fault", "agent of %s pauses for %.1f s", host.name, nanos / 1e9);
        host.agent().ifPresent(agent -> agent.pause(nanos));
    }

    private void restartAgent(SimHost host) {
        host.killAgent();
        world.time.after(dice.between(50 * MILLI, 12 * SECOND), () -> {
            if (host.agent().isEmpty()) host.startAgent();
        });
    }

    private void storage(SimHost host) {
        world.story.say("fault", "storage of %s hangs", host.name);
        host.storageHangs = true;
        world.time.after(dice.between(SECOND, 20 * SECOND), () -> host.storageHangs = false);
    }

    private void isolate(SimHost host, boolean mute, boolean deaf) {
        world.story.say("fault", "%s is%s%s", host.name, mute ? " not heard" : "", deaf ? " deaf" : "");
        if (mute) world.network.mute(host.name);
        if (deaf) world.network.deafen(host.name);
        world.time.after(dice.between(200 * MILLI, 30 * SECOND), () -> {
            if (mute) world.network.unmute(host.name);
            if (deaf) world.network.undeafen(host.name);
        });
    }

    /** Some are cut from others, in one direction or both. */
    private void parts() {
        var names = new ArrayList<>(world.hosts.keySet());
        for (var server : world.room.servers) names.add(server.name);
        var one = names.stream().filter(_ -> dice.percent(40)).toList();
        boolean both = dice.percent(60);
        var cut = new ArrayList<String[]>();
        for (var from : one)
            for (var to : names) {
                if (one.contains(to)) continue;
                cut.add(new String[] {from, to});
                if (both) cut.add(new String[] {to, from});
            }
        world.story.say("fault", "%s are cut from the rest%s", one, both ? "" : ", in one direction");
        for (var way : cut) world.network.cut(way[0], way[1]);
        world.time.after(dice.between(200 * MILLI, 25 * SECOND), () -> {
            for (var way : cut) world.network.mend(way[0], way[1]);
        });
    }

    private void room() {
        var server = dice.of(world.room.servers);
        switch (dice.below(4)) {
            case 0 -> {
                server.die("killed");
                world.time.after(dice.between(SECOND, 15 * SECOND), server::start);
            }
            case 1 -> {
                world.story.say("fault", "database down");
                world.room.down = true;
                world.time.after(dice.between(SECOND, 15 * SECOND), () -> world.room.down = false);
            }
            default -> {
                long nanos = dice.between(200 * MILLI, 12 * SECOND);
                world.story.say("fault", "%s pauses for %.1f s", server.name, nanos / 1e9);
                server.pause(nanos);
            }
        }
    }

    /**
     * The trouble that promises are for: a host that the room doesn't hear is carried by its neighbours; they lose it too, long enough for
     * it to be condemned; then they hear it again while its lease still runs, and the room doesn't. Meanwhile voters come and go.
     */
    void shift(SimHost host) {
        world.story.say(
                "fault", "%s is cut from the room, then from its neighbours, then from the room alone", host.name);
        long alone = dice.between(9 * SECOND, 12 * SECOND);
        long cut = dice.between(300 * MILLI, host.profile.hold().toNanos() + SECOND);
        room(host, true);
        world.time.after(alone, () -> mesh(host, true));
        world.time.after(alone + cut, () -> mesh(host, false));
        world.time.after(alone + cut + dice.between(10 * SECOND, 18 * SECOND), () -> room(host, false));
        for (var other : hosts) {
            if (other == host || !other.site.equals(host.site) || dice.percent(40)) continue;
            long when = alone + dice.between(0, cut + SECOND);
            switch (dice.below(4)) {
                case 0 -> world.time.after(when, () -> loseDisk(other));
                case 1 -> {
                    world.time.after(alone, () -> other.storageHangs = true);
                    world.time.after(when, () -> restartAgentAtOnce(other));
                    world.time.after(when + SECOND, () -> other.storageHangs = false);
                }
                default -> world.time.after(when, () -> restartAgentAtOnce(other));
            }
        }
    }

    /**
     * The trouble that promises are for: a host and just so many of its voters as carry its lease are an island that the room can't hear.
     * Once the host is condemned one of them comes ashore, is told to refuse, may die or lose its disk there, and goes back. If it then
     * granted, the host would run on beyond its proof.
     */
    void island(SimHost host) {
        var voters = world.room.host(host.name).possible.newest().voters();
        int most = voters.size() / 2 + 1;
        var island = new ArrayList<SimHost>();
        island.add(host);
        for (var voter : voters.subList(0, Math.min(most, voters.size()))) island.add(world.host(voter.host()));
        world.operatorTakesSeconds = 1;
        world.story.say(
                "fault",
                "%s are an island",
                island.stream().map(each -> each.name).toList());
        for (var one : island) shore(one, island, true);
        long condemned = host.profile.hold().toNanos() + dice.between(3 * SECOND, 5 * SECOND);
        long back = condemned + dice.between(300 * MILLI, host.profile.hold().toNanos());
        long over = back + dice.between(12 * SECOND, 16 * SECOND);
        if (island.size() > 1) {
            var traveller = island.getLast();
            world.time.after(condemned, () -> {
                shore(traveller, island, false);
                way(traveller.name, host.name, true);
                if (dice.percent(30)) hang(traveller, back - condemned);
            });
            world.time.after(dice.between(condemned + 100 * MILLI, back), () -> {
                switch (dice.below(3)) {
                    case 0 -> loseDisk(traveller);
                    case 1 -> restartAgentAtOnce(traveller);
                    default -> {}
                }
            });
            world.time.after(back, () -> way(traveller.name, host.name, false));
            // One that is about to start when the lease ends.
            long ends = condemned + host.profile.hold().toNanos();
            world.time.after(ends - dice.between(0, 600 * MILLI), () -> guest(host));
        }
        world.time.after(over, () -> {
            for (var one : island) shore(one, island, false);
        });
    }

    private void hang(SimHost host, long nanos) {
        host.storageHangs = true;
        world.time.after(nanos, () -> host.storageHangs = false);
    }

    /** Between one on the island and all that are not. */
    private void shore(SimHost one, List<SimHost> island, boolean cut) {
        room(one, cut);
        for (var other : hosts) if (!island.contains(other)) way(one.name, other.name, cut);
    }

    private void room(SimHost host, boolean cut) {
        for (var server : world.room.servers) way(host.name, server.name, cut);
    }

    private void mesh(SimHost host, boolean cut) {
        for (var other : hosts) if (other != host) way(host.name, other.name, cut);
    }

    private void way(String one, String other, boolean cut) {
        if (cut) {
            world.network.cut(one, other);
            world.network.cut(other, one);
        } else {
            world.network.mend(one, other);
            world.network.mend(other, one);
        }
    }

    private void restartAgentAtOnce(SimHost host) {
        if (!host.powered) return;
        host.killAgent();
        host.startAgent();
    }

    /** Does not pass by itself: all that the host had has to run elsewhere, though it stays as it is. */
    void lasting(SimHost host) {
        switch (dice.below(6)) {
            case 0 -> host.powerOff("feed lost");
            case 1 -> {
                host.powerOff("feed lost");
                host.bmcFeed = false;
            }
            case 2 -> host.agent().ifPresent(agent -> agent.pause(1000 * SECOND));
            case 3 -> world.network.mute(host.name);
            case 4 -> world.network.deafen(host.name);
            default -> {
                world.network.mute(host.name);
                world.network.deafen(host.name);
            }
        }
        world.story.say("fault", "%s has lasting trouble", host.name);
    }

    /** Voters and profiles are planned anew. */
    private void terms(SimHost host) {
        if (dice.percent(50)) {
            if (!world.novoters.remove(host.name)) world.novoters.add(host.name);
            world.story.say(
                    "fault", "%s is %s", host.name, world.novoters.contains(host.name) ? "not to vote" : "to vote");
        } else {
            var row = world.room.host(host.name);
            row.profile = dice.of(List.of(LeaseProfile.SAFE, LeaseProfile.FAST, LeaseProfile.SAFE, LeaseProfile.NONE));
            world.story.say("fault", "%s is to have the profile %s", host.name, row.profile);
        }
    }

    private void lie(SimHost host) {
        world.story.say("fault", "%s lies", host.name);
        world.lies.liars.add(host.name);
        world.time.after(dice.between(SECOND, 20 * SECOND), () -> world.lies.liars.remove(host.name));
    }

    /** The agent comes back with an empty disk; the guests run on. */
    private void loseDisk(SimHost host) {
        if (!host.powered) return;
        world.story.say("fault", "the agent of %s loses its disk", host.name);
        host.killAgent();
        host.disk.lose();
        host.startAgent();
    }

    private void guest(SimHost host) {
        if (host.processes().isEmpty()) return;
        var machine = dice.of(List.copyOf(host.processes().keySet()));
        world.story.say("fault", "%s on %s crashes", machine, host.name);
        host.end(machine);
    }
}
