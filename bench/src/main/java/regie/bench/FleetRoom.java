package regie.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import regie.lab.RoomClient;

/**
 * Where fleets are measured: a room, and an agent with 50 simulated hosts that are all up. The bench closes it.
 *
 * @param servers the hosts, as a range of names
 * @param machines watches all instances
 */
record FleetRoom(Room room, String servers, RoomClient client, Watch machines) {
    static final String FLEET = "/v1/projects/default/fleets/bench";
    private static final int HOSTS = 50;

    /** @param more arguments of the agent */
    static FleetRoom start(Bench bench, String... more) throws IOException, InterruptedException {
        Bench.say("starting a room, and an agent with %d simulated hosts", HOSTS);
        var room = Room.start(bench);
        room.declareMicro(bench);
        var servers = SimulatedHosts.declare(room, HOSTS);
        var client = room.client();
        var hosts = bench.part(Watch.start(client, "Server"));
        var machines = bench.part(Watch.start(client, "Instance"));
        SimulatedHosts.start(bench, room, servers, List.of(more)).awaitUp(hosts, HOSTS);
        return new FleetRoom(room, servers, client, machines);
    }

    /** @param settings of the fleet, as JSON members with a comma behind each; may be empty */
    void declare(int count, String settings) throws IOException, InterruptedException {
        client.putJson(FLEET, """
                {"spec": {"count": %d, %s "template": {"flavor": "micro", "image": "micro"}}}""".formatted(count, settings));
    }

    /** What {@code round} takes, in seconds; the first {@code warmUp} are told and not counted. */
    static List<Double> rounds(int warmUp, int rounds, Round round) throws IOException, InterruptedException {
        var all = new ArrayList<Double>();
        for (int at = 1 - warmUp; at <= rounds; at++) {
            double seconds = round.seconds(at + warmUp);
            Bench.say("%2d: %.3f s", at, seconds);
            if (at > 0) all.add(seconds);
        }
        return all;
    }

    /** Measures once. */
    interface Round {
        /** @param number from 1, those that are not counted too */
        double seconds(int number) throws IOException, InterruptedException;
    }
}
