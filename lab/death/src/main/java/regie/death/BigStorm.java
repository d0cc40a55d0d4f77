package regie.death;

import static regie.death.VirtualTime.MILLI;
import static regie.death.VirtualTime.SECOND;

import java.util.List;

/** What must not be answered by fencing: a tenth of a big estate vanishes at once; the room is away for ten minutes. */
public final class BigStorm {
    private static final long ROOM_AWAY = 600 * SECOND;

    private BigStorm() {}

    /**
     * @param vanished hosts within 100 ms
     * @param fenced hosts that were condemned or declared dead while nobody had decided
     * @param events that told of it
     * @param touched guests that ended while the room was away
     */
    public record Sum(int vanished, int fenced, int events, int touched, long played) {}

    /** @throws Play.Failure where a promise was broken */
    public static Sum run(long seed) throws Play.Failure {
        try {
            var estate = new BigEstate(seed);
            estate.settle();
            var world = estate.world;
            int touched = roomAway(estate);
            world.operatorTakesSeconds = 3600;
            int condemned = world.room.condemnedEver;
            int many = estate.hosts.size() / 10 + 1;
            int vanished = 0;
            while (vanished < many) {
                var host = world.dice.of(estate.hosts);
                if (!host.powered || !host.feed) continue;
                host.feed = false;
                vanished++;
                world.time.after(world.dice.between(0, 100 * MILLI), () -> host.powerOff("feed lost"));
            }
            estate.run(30 * SECOND);
            return new Sum(
                    vanished,
                    world.room.condemnedEver - condemned + world.room.provenEver,
                    world.room.stormEvents,
                    touched,
                    world.time.events());
        } catch (Oracle.Broken broken) {
            throw new Play.Failure(seed, String.valueOf(broken.getMessage()), List.of());
        }
    }

    /** Guests that ended meanwhile. */
    private static int roomAway(BigEstate estate) {
        var world = estate.world;
        int before = world.oracle.ends();
        world.room.servers.forEach(server -> server.die("the room is away"));
        estate.run(ROOM_AWAY);
        world.room.servers.forEach(SimServer::start);
        estate.run(10 * SECOND);
        return world.oracle.ends() - before;
    }
}
