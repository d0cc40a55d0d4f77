package regie.bench;

import java.io.IOException;
import java.util.Set;
import regie.lab.Stopwatch;

/** What a large estate costs: how long its room takes to be ready, and how much memory. */
final class Footprint implements Benchmark {
    private static final int RESOURCES = 100_000;
    private static final int HOSTS = 10_000;
    private static final int INSTANCES = 100_000;
    private static final long SECONDS_MAX = 3_600;

    @Override
    public String name() {
        return "footprint";
    }

    @Override
    public String about() {
        return "A room with 100,000 resources, from the start of `./regie up` to its line `ready`; and its memory, without that of"
                + " PostgreSQL, with 100,000 instances that run on 10,000 simulated hosts.";
    }

    @Override
    public int rounds() {
        return 1;
    }

    @Override
    public Result measure(Bench bench, int rounds) throws IOException, InterruptedException {
        if (rounds != 1) throw new IOException("footprint is measured once: the estate takes long to make");
        double ready = ready(bench);
        var settings = Room.RoomSettings.in(bench.file("large")).behind(BenchCertificate.make(bench));
        var room = Room.start(bench, settings);
        room.declareMicro(bench);
        var servers = SimulatedHosts.declare(room, HOSTS);
        try (var hosts = Watch.start(room.client(), "Server");
                var machines = Watch.start(room.client(), "Instance")) {
            SimulatedHosts.start(bench, room, servers).awaitUp(hosts, HOSTS);
            Bench.say("declaring %d instances", INSTANCES);
            declare(room, INSTANCES, ApiEstate::instance);
            machines.await(Set.of("running"), INSTANCES, SECONDS_MAX);
        }
        var ofRoom = Memory.of(room.process());
        var all = Memory.ofTree(room.process());
        return new Result.Builder()
                .figure("ready_s", ready)
                .figure("rss_mib", ofRoom.rssMiB())
                .figure("room_and_postgres_pss_mib", all.pssMiB())
                .version("PostgreSQL", room.postgresVersion())
                .limitedBy(
                        "The start: processor time of one core. The memory: the room's picture of hosts and places, and the JVM's heap.");
    }

    /** Of a room that was stopped in order, and begins again. */
    private static double ready(Bench bench) throws IOException, InterruptedException {
        var settings = Room.RoomSettings.in(bench.file("many")).behind(BenchCertificate.make(bench));
        var first = Room.start(bench, settings);
        declare(first, RESOURCES, ApiEstate::keypair);
        first.close();
        var watch = new Stopwatch();
        var second = Room.start(bench, settings);
        double seconds = watch.seconds();
        second.close();
        return seconds;
    }

    private static void declare(Room room, int count, ApiEstate.Operation operation) throws IOException {
        try (var connection = room.connection()) {
            for (int from = 0; from < count; from += ApiEstate.BATCH)
                Load.ok(connection.send("POST", "/v1/batch", ApiEstate.batch(from, from + ApiEstate.BATCH, operation)));
        }
    }
}
