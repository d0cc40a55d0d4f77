package regie.bench;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An estate of many instances that run on simulated hosts, made through the door that is measured. */
final class ApiEstate {
    /** Of one project, {@code default}. */
    static final int INSTANCES = 25_000;

    static final int BATCH = 1_000;
    private static final int HOSTS = 400;
    private static final long SECONDS_MAX = 600;
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKrsUXpKjuTv5ok8F8bM4G2fUqmVVcZ5XyYYQyqFhzXK";

    private ApiEstate() {}

    /** A room behind TLS with all instances running. */
    static Room start(Bench bench) throws IOException, InterruptedException {
        var room = Room.start(bench, Room.RoomSettings.in(bench.file("room")).behind(BenchCertificate.make(bench)));
        room.declareMicro(bench);
        var servers = SimulatedHosts.declare(room, HOSTS);
        try (var hosts = Watch.start(room.client(), "Server");
                var machines = Watch.start(room.client(), "Instance");
                var connection = room.connection()) {
            SimulatedHosts.start(bench, room, servers).awaitUp(hosts, HOSTS);
            Bench.say("declaring %d instances", INSTANCES);
            for (int from = 0; from < INSTANCES; from += BATCH)
                Load.ok(connection.send("POST", "/v1/batch", batch(from, from + BATCH, ApiEstate::instance)));
            machines.await(Set.of("running"), INSTANCES, SECONDS_MAX);
        }
        return room;
    }

    /** What puts one of many. */
    interface Operation {
        String of(long number);
    }

    static String batch(long from, long until, Operation operation) {
        return IntStream.range(0, Math.toIntExact(until - from))
                .mapToObj(at -> operation.of(from + at))
                .collect(Collectors.joining(",", "{\"operations\":[", "]}"));
    }

    static String instance(long number) {
        return put("Instance", instanceName(number), instanceContent(0));
    }

    static String keypair(long number) {
        return put("Keypair", "key-" + number, keypairContent());
    }

    static String instanceName(long number) {
        return "web-%05d".formatted(number);
    }

    /** @param round makes one write another than the one before */
    static String instanceContent(long round) {
        return "{\"labels\":{\"tier\":\"web\",\"round\":\"%d\"},\"spec\":{\"flavor\":\"micro\",\"image\":\"micro\"}}"
                .formatted(round);
    }

    static String keypairContent() {
        return "{\"labels\":{\"owner\":\"bench\"},\"spec\":{\"publicKey\":\"%s\"}}".formatted(KEY);
    }

    private static String put(String kind, String name, String content) {
        return "{\"op\":\"put\",\"kind\":\"%s\",\"project\":\"default\",\"name\":\"%s\",\"content\":%s}"
                .formatted(kind, name, content);
    }
}
