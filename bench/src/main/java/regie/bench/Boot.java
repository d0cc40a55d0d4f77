package regie.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import regie.lab.Command;
import regie.lab.Program;
import regie.lab.RoomClient;
import regie.lab.SandboxHost;
import regie.lab.SandboxSettings;
import regie.lab.Stopwatch;

/** How soon a declared machine answers. */
final class Boot implements Benchmark {
    private static final String HOST = "b1-h01";
    private static final String INSTANCE = "/v1/projects/default/instances/";
    private static final long ROUND_SECONDS_MAX = 120;
    private static final Duration ANSWER = Duration.ofMillis(250);
    private static final Pattern UPTIME = Pattern.compile("^uptime: (\\d+\\.\\d+)$", Pattern.MULTILINE);
    private static final String ESTATE = """
            kind: Site
            name: b1
            spec: {country: FR, city: Paris, roles: [production]}
            ---
            kind: Network
            name: b1
            spec:
              site: b1
              cidr: 10.78.1.0/24
              gateway: 10.78.1.1
              range: {first: 10.78.1.10, last: 10.78.1.200}
              bridge: br0
            ---
            kind: Server
            name: b1-h01
            spec:
              site: b1
              numa: [{threads: 2, memoryMiB: 4096}]
              disks: [{name: sda, sizeGiB: 20}]
            """;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER).build();

    @Override
    public String name() {
        return "boot";
    }

    @Override
    public String about() {
        return "From the request that applies a manifest of one machine, to the first HTTP 200 of the real guest: placed, its"
                + " host told, started by libvirt and QEMU, booted.";
    }

    @Override
    public int rounds() {
        return 15;
    }

    /**
     * Seconds of one round.
     *
     * @param guest how long the guest's kernel had run when it answered
     */
    private record Round(double placed, double http, double guest) {}

    @Override
    public Result measure(Bench bench, int rounds) throws IOException, InterruptedException {
        var obstacle = SandboxHost.obstacle();
        if (obstacle.isPresent()) throw new IOException("this machine can't hold a host: " + obstacle.get());
        Bench.say("starting a room, and a host with its own libvirt");
        var room = Room.start(bench);
        room.declareMicro(bench);
        room.apply(ESTATE);
        var client = room.client();
        try (var hosts = Watch.start(client, "Server")) {
            var host = bench.part(SandboxHost.start(new SandboxSettings(
                    HOST,
                    "regie-bench1",
                    "10.78.1.1/24",
                    "10.78.1.2/24",
                    Bench.cache("libvirt-cache"),
                    bench.file("host.log"))));
            agent(bench, room, host);
            hosts.await(Set.of("up"), 1, ROUND_SECONDS_MAX);
        }
        var all = new ArrayList<Round>();
        Round first = round(room, client, 0);
        Bench.say("the first, which also fetches the image: %.2f s", first.http());
        while (all.size() < rounds) {
            var round = round(room, client, all.size() + 1);
            all.add(round);
            Bench.say(
                    "%2d: placed %.3f, HTTP after %.2f, of it %.2f s since the guest's kernel began",
                    all.size(), round.placed(), round.http(), round.guest());
        }
        return result(first, all)
                .version("PostgreSQL", room.postgresVersion())
                .version("QEMU", firstLine(List.of("qemu-system-x86_64", "--version")))
                .version("libvirt", firstLine(List.of("libvirtd", "--version")))
                .limitedBy("""
                        The boot of the guest on an emulated processor. Beside it: the room's transactions, the seed disk, \
                        the domain's start by libvirt, and QEMU's own firmware until the kernel begins. The first round, \
                        not counted, also fetches the image: %.2f s.""".formatted(first.http()));
    }

    private static void agent(Bench bench, Room room, SandboxHost host) throws IOException, InterruptedException {
        bench.part(Program.start(
                host.inside(List.of(
                        bench.repository().resolve("regie").toString(),
                        "agent",
                        "--room",
                        host.near() + ":" + room.agentsPort(),
                        "--server",
                        host.name(),
                        "--data",
                        bench.file("agent").toString(),
                        "--engine",
                        "libvirt",
                        "--capacity",
                        "2,4096,20",
                        "--join-file",
                        room.joinToken(bench, host.name()).toString())),
                Map.of(),
                bench.file("agent.log")));
    }

    private Round round(Room room, RoomClient client, int number) throws IOException, InterruptedException {
        var name = "m" + number;
        var watch = new Stopwatch();
        room.apply("""
                kind: Instance
                name: %s
                project: default
                spec: {flavor: micro, image: micro}
                """.formatted(name));
        var address = awaitAddress(client, name, watch);
        double placed = watch.seconds();
        var page = awaitPage(address, watch);
        double answered = watch.seconds();
        client.delete(INSTANCE + name);
        Stopwatch.await(
                ROUND_SECONDS_MAX,
                () -> client.get("/v1/projects/default/instances").path("items").isEmpty(),
                () -> name + " is not deleted");
        return new Round(placed, answered, page);
    }

    private static String awaitAddress(RoomClient client, String name, Stopwatch watch)
            throws IOException, InterruptedException {
        while (watch.seconds() < ROUND_SECONDS_MAX) {
            var address = client.get(INSTANCE + name).at("/status/address").asString("");
            if (!address.isEmpty()) return address;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        throw new IOException("%s gets no place: %s".formatted(name, client.get(INSTANCE + name)));
    }

    /** @return how long the guest's kernel had run, in seconds */
    private double awaitPage(String address, Stopwatch watch) throws IOException, InterruptedException {
        while (watch.seconds() < ROUND_SECONDS_MAX) {
            var uptime = page(address).map(UPTIME::matcher).filter(java.util.regex.Matcher::find);
            if (uptime.isPresent()) return Double.parseDouble(uptime.get().group(1));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        throw new IOException("%s does not answer".formatted(address));
    }

    /** Nothing where the guest does not answer yet. */
    private Optional<String> page(String address) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://" + address + "/"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return Optional.of(answer.body()).filter(_ -> answer.statusCode() == 200);
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }

    private static Result.Builder result(Round first, List<Round> all) {
        var answered = Samples.of(all.stream().map(Round::http).toList());
        var guest = Samples.of(all.stream().map(Round::guest).toList());
        return new Result.Builder()
                .figure("http_s", answered.median())
                .figure("p99_s", answered.p99())
                .figure("guest_s", guest.median())
                .figure("first_s", first.http())
                .figure("n", answered.count())
                .samples("HTTP 200, s", answered)
                .samples("of it: since the guest's kernel began, s", guest)
                .samples(
                        "of it: all before the guest's kernel began, s",
                        Samples.of(all.stream()
                                .map(round -> round.http() - round.guest())
                                .toList()))
                .samples(
                        "of it: the machine has its place, s",
                        Samples.of(all.stream().map(Round::placed).toList()));
    }

    private static String firstLine(List<String> command) throws IOException {
        return Command.run(10, command).lines().findFirst().orElse("");
    }
}
