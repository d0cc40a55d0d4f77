package regie.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import regie.lab.Command;
import regie.lab.Parts;
import regie.lab.RoomClient;
import regie.lab.Stopwatch;
import regie.lab.clients.Users;

/** Two servers of the version before, replaced one at a time by this one while ten users work and an agent of that version stays. */
final class Upgrade implements Lab.Experiment {
    private static final int HOSTS = 4;
    private static final int MEMBERS = 8;
    /** Operations of each user in one go; as many goes as the upgrade takes, and one before and after it. */
    private static final int EACH = 40;

    private static final long RUNNING_SECONDS_MAX = 120;
    private static final long BUILD_SECONDS_MAX = 600;

    @Override
    public String name() {
        return "upgrade";
    }

    @Override
    public String arguments() {
        return "[--from REVISION]";
    }

    @Override
    public String about() {
        return "Builds the newest release, or REVISION, from the history of this clone; replaces its two servers one at a time by this"
                + " version while ten users work; its agents stay.";
    }

    @Override
    public Result run(List<String> words) throws Arguments.Wrong, IOException, InterruptedException {
        boolean known =
                words.isEmpty() || (words.size() == 2 && words.getFirst().equals("--from"));
        if (!known) throw new Arguments.Wrong("'%s' is not known here; expected --from REVISION".formatted(words));
        try (var parts = new Parts()) {
            Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "stop"));
            var bench = Bench.open(parts);
            // makes the start fast before anybody waits for it
            Command.run(
                    BUILD_SECONDS_MAX,
                    List.of(bench.repository().resolve("regie").toString(), "up", "--help"));
            var before = Release.build(bench.repository(), words.isEmpty() ? "" : words.getLast());
            return upgrade(bench, before);
        }
    }

    private static Result upgrade(Bench bench, Release before) throws IOException, InterruptedException {
        var database = bench.part(SharedDatabase.start(bench.file("postgres")));
        var first = Room.RoomSettings.apart(bench.file("one"), 0).on(database);
        var second = Room.RoomSettings.apart(bench.file("two"), 1).on(database);
        var one = Room.start(bench, before.root(), first);
        Files.createDirectories(second.data());
        for (var shared : List.of("master.key", "operator.token"))
            Files.copy(first.data().resolve(shared), second.data().resolve(shared));
        var two = Room.start(bench, before.root(), second);
        one.declareMicro(bench);
        var servers = SimulatedHosts.declare(one, HOSTS);
        try (var hosts = Watch.start(one.client(), "Server")) {
            SimulatedHosts.start(bench, before.root(), one, servers, List.of()).awaitUp(hosts, HOSTS);
        }
        fleet(two.client(), "before");
        var guests = two.client().get("/v1/instances").path("items").toString();

        var users = new Users(List.of(address(one), address(two)), one.operatorToken(), 1);
        users.prepare();
        var watch = new Stopwatch();
        var reports = new ArrayList<Users.Report>();
        var replaced = new AtomicBoolean();
        try (var threads = Executors.newSingleThreadExecutor()) {
            var working = threads.submit(() -> {
                do reports.add(users.run(EACH, () -> true));
                while (!replaced.get());
                return reports.add(users.run(EACH, () -> true));
            });
            try {
                // by this thread: what it starts ends with it
                replace(bench, one, first, watch);
                replace(bench, two, second, watch);
            } finally {
                replaced.set(true);
            }
            working.get();
        } catch (ExecutionException e) {
            throw new IOException("the users' work broke: " + e.getCause(), e);
        }
        return judged(reports, guests, one.client(), watch.seconds());
    }

    /** In order, with the same settings and data. */
    private static void replace(Bench bench, Room old, Room.RoomSettings settings, Stopwatch watch)
            throws IOException, InterruptedException {
        Bench.say("%.1f s: a server is told to stop", watch.seconds());
        old.close();
        Room.start(bench, settings);
        Bench.say("%.1f s: one of this version is in its place", watch.seconds());
    }

    private static Result judged(List<Users.Report> reports, String guests, RoomClient room, double seconds)
            throws IOException, InterruptedException {
        var findings = reports.getLast().findings();
        findings.forEach(System.out::println);
        if (!findings.isEmpty()) throw new IOException(findings.size() + " answers were wrong");
        fleet(room, "after");
        for (var uid : uids(guests))
            if (!room.get("/v1/instances").toString().contains(uid))
                throw new IOException("the guest %s did not outlive the upgrade".formatted(uid));
        var millis = Samples.of(
                reports.stream().flatMap(report -> report.millis().stream()).toList());
        return new Result.Builder()
                .figure("servers", 2)
                .figure("seconds", seconds)
                .figure(
                        "operations",
                        reports.stream().mapToInt(Users.Report::operations).sum())
                .figure(
                        "unanswered",
                        reports.stream().mapToInt(Users.Report::unanswered).sum())
                .figure("wrong", 0)
                .figure("p99_ms", millis.p99())
                .figure("longest_ms", millis.most())
                .limitedBy("Processor time: of a start of the room most.");
    }

    private static List<String> uids(String items) {
        return Pattern.compile("\"uid\":\"([0-9a-f-]{36})\"")
                .matcher(items)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** Returns when all of it runs, on the hosts of the agent that is there. */
    private static void fleet(RoomClient room, String name) throws IOException, InterruptedException {
        var path = "/v1/projects/default/fleets/" + name;
        room.putJson(path, """
                {"spec": {"count": %d, "template": {"flavor": "micro", "image": "micro"}}}""".formatted(MEMBERS));
        Stopwatch.await(
                RUNNING_SECONDS_MAX,
                () -> room.get(path).at("/status/running").asInt() == MEMBERS,
                () -> "the fleet %s does not run: %s"
                        .formatted(name, room.get(path).path("status")));
    }

    private static InetSocketAddress address(Room room) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), room.apiPort());
    }
}
