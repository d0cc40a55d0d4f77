package regie.lab.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** One room with a PostgreSQL of its own and two agents with four simulated hosts each, all of them processes. */
final class Regie implements AutoCloseable {
    private static final long START_SECONDS_MAX = 120;
    static final List<String> SITES = List.of("par1", "fra1");
    private static final int HOSTS_EACH = 4;

    /** Below those that the kernel gives to whoever calls out: a port is free for the room while it is dead, too. */
    private static final int PORT_MIN = 20_000;

    private static final int PORTS = 10_000;

    private final Path folder;
    private final Child room;
    private final List<Child> agents = new ArrayList<>();
    private final Rest rest;

    private Regie(Path folder, Child room, Rest rest) {
        this.folder = folder;
        this.room = room;
        this.rest = rest;
    }

    /** Returns when the estate is declared, its image ready, and each host heard. */
    static Regie start(Path folder, Random chance) throws Exception {
        Files.setPosixFilePermissions(
                folder, PosixFilePermissions.fromString("rwx--x--x")); // PostgreSQL has a user of its own
        int api = freePort(chance);
        int door = freePort(chance);
        var settings =
                Files.writeString(folder.resolve("settings.yaml"), """
                data: "%s"
                api: {listen: "127.0.0.1:%d"}
                agents: {listen: "127.0.0.1:%d"}
                """.formatted(folder.resolve("room"), api, door));
        var room = new Child("regie.server.Main", List.of("--config", settings.toString()), folder.resolve("room.log"));
        var rest = new Rest("http://127.0.0.1:" + api, folder.resolve("room/operator.token"));
        var regie = new Regie(folder, room, rest);
        try {
            regie.awaitReady(api);
            declare(rest);
            for (var site : SITES) regie.agents.add(join(folder, rest, site, "127.0.0.1:" + door));
            awaitHosts(rest);
            return regie;
        } catch (Exception | AssertionError e) {
            regie.close();
            throw e;
        }
    }

    Rest rest() {
        return rest;
    }

    Child room() {
        return room;
    }

    List<Child> agents() {
        return agents;
    }

    Path journal() {
        return folder.resolve("journal");
    }

    Path postgres() {
        return folder.resolve("room/postgres");
    }

    static int freePort(Random chance) throws IOException {
        while (true) {
            int port = PORT_MIN + chance.nextInt(PORTS);
            try (var socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (java.net.BindException taken) {
                // the next one
            }
        }
    }

    private void awaitReady(int api) throws IOException, InterruptedException {
        await("the room is ready", () -> {
            if (!room.isAlive()) throw new AssertionError("the room ended: " + Files.readString(room.log()));
            return Files.readString(room.log()).contains("ready http://127.0.0.1:" + api);
        });
    }

    static void declare(Rest rest) throws Exception {
        var text = new StringBuilder("""
                kind: Flavor
                name: small
                spec: {vcpus: 1, memoryMiB: 256}
                ---
                kind: Flavor
                name: large
                spec: {vcpus: 2, memoryMiB: 512, diskGiB: 4}
                ---
                kind: Image
                name: tiny
                spec: {boot: kernel}
                """);
        for (int at = 0; at < SITES.size(); at++) text.append(site(SITES.get(at), at + 1));
        var file = "{\"files\": [{\"name\": \"estate.yaml\", \"text\": %s}]}".formatted(Rest.quoted(text.toString()));
        rest.send("POST", "/v1/apply", file).orFail("the estate");
        var kernel = HexFormat.of().parseHex("7f454c46");
        rest.upload("/v1/images/tiny/content/kernel", kernel).orFail("the kernel");
        var initrd = "070701".getBytes(StandardCharsets.US_ASCII);
        rest.upload("/v1/images/tiny/content/initrd", initrd).orFail("the initrd");
    }

    private static String site(String site, int number) {
        return """
                ---
                kind: Site
                name: %1$s
                spec: {country: FR, city: Paris, roles: [production]}
                ---
                kind: Server
                name: %1$s-h[1-%2$d]
                spec:
                  site: %1$s
                  hypervisor: simulated
                  numa: [{threads: 16, memoryMiB: 16384}]
                  disks: [{name: sda, sizeGiB: 200}]
                ---
                kind: Network
                name: %1$s
                spec:
                  site: %1$s
                  cidr: 10.77.%3$d.0/24
                  gateway: 10.77.%3$d.1
                  range: {first: 10.77.%3$d.10, last: 10.77.%3$d.200}
                  bridge: br0
                """.formatted(site, HOSTS_EACH, number);
    }

    /** @param rooms where the servers of the room listen for agents */
    static Child join(Path folder, Rest rest, String site, String rooms) throws Exception {
        var servers = "%s-h[1-%d]".formatted(site, HOSTS_EACH);
        var made = rest.send("POST", "/v1/join-tokens", "{\"servers\": \"%s\"}".formatted(servers))
                .orFail("a join token");
        var token = Files.createFile(
                folder.resolve(site + ".join"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(token, made.path("token").asString());
        var words = List.of(
                "--room",
                rooms,
                "--server",
                servers,
                "--data",
                folder.resolve(site).toString(),
                "--engine",
                "simulated",
                "--capacity",
                "16,16384,200",
                "--simulated-boot-millis",
                "20",
                "--simulated-journal",
                folder.resolve("journal").toString(),
                "--join-file",
                token.toString());
        return new Child("regie.agent.daemon.Agent", words, folder.resolve(site + ".log"));
    }

    static void awaitHosts(Rest rest) throws IOException, InterruptedException {
        await(
                "all hosts are heard",
                () -> rest.list("servers").stream()
                                .filter(server ->
                                        server.at("/status/presence").asString().equals("up"))
                                .count()
                        == (long) SITES.size() * HOSTS_EACH);
    }

    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    static void await(String what, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
        while (!condition.holds()) {
            if (System.nanoTime() > end) throw new AssertionError("not in %d s: %s".formatted(START_SECONDS_MAX, what));
            Thread.sleep(20);
        }
    }

    @Override
    public void close() {
        agents.forEach(Child::close);
        room.close();
        rest.close();
    }
}
