package regie.death;

import static regie.death.VirtualTime.MILLI;
import static regie.death.VirtualTime.SECOND;

import java.util.ArrayList;
import java.util.List;

/**
 * Trouble that has to cost nothing: one host after the other loses its lines, or its agent stands still, dies and comes back, for less
 * than its lease; or a line alone is broken; or a server of the room restarts.
 */
final class Blips {
    /** A beat since the newest that was granted, one that finds out that answers come again, one that says so; and what delays all of them. */
    private static final long ALLOWANCE = 700 * MILLI;

    private final World world;
    private final Dice dice;
    private final List<SimHost> hosts;

    Blips(World world) {
        this.world = world;
        this.dice = world.dice;
        this.hosts = new ArrayList<>(world.hosts.values());
    }

    void strikeUntil(long end) {
        var host = dice.of(hosts);
        long most = host.profile.hold().toNanos() - ALLOWANCE;
        long nanos = dice.between(50 * MILLI, most);
        if (world.time.now() + nanos >= end) return;
        long lasts = strike(host, nanos);
        world.time.after(lasts + dice.between(2 * SECOND, 4 * SECOND), () -> strikeUntil(end));
    }

    /** How long it lasts. One at a time: two may be more than a lease stands. */
    private long strike(SimHost host, long nanos) {
        switch (dice.below(6)) {
            case 0 -> {
                world.story.say("blip", "agent of %s pauses for %.2f s", host.name, nanos / 1e9);
                host.agent().ifPresent(agent -> agent.pause(nanos));
            }
            case 1 -> {
                world.story.say("blip", "lines of %s are gone for %.2f s", host.name, nanos / 1e9);
                world.network.mute(host.name);
                world.network.deafen(host.name);
                world.time.after(nanos, () -> {
                    world.network.unmute(host.name);
                    world.network.undeafen(host.name);
                });
            }
            case 2 -> host.freeze(nanos);
            case 3 -> {
                host.killAgent();
                world.time.after(nanos, host::startAgent);
            }
            case 4 -> {
                return line(host);
            }
            default -> {
                return server();
            }
        }
        return nanos;
    }

    /** The line to the room alone, for as long as it likes; the neighbours carry the lease. */
    private long line(SimHost host) {
        world.story.say("blip", "%s and the room don't hear each other", host.name);
        for (var server : world.room.servers) {
            world.network.cut(host.name, server.name);
            world.network.cut(server.name, host.name);
        }
        long lasts = dice.between(SECOND, 15 * SECOND);
        world.time.after(lasts, () -> {
            for (var server : world.room.servers) {
                world.network.mend(host.name, server.name);
                world.network.mend(server.name, host.name);
            }
        });
        return lasts;
    }

    private long server() {
        var server = dice.of(world.room.servers);
        server.die("restart");
        long lasts = dice.between(200 * MILLI, 6 * SECOND);
        world.time.after(lasts, server::start);
        return lasts;
    }
}
