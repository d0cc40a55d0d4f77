package regie.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Two real hosts of one site, on one network, that vote for each other, and a real machine on one of them: its QEMU is killed, its
 * host's agent is killed, its host's network is cut. Each time the machine has to answer HTTP again, and nowhere twice.
 */
public final class RealDeath {
    private static final List<String> HOSTS = RealSite.HOSTS;
    private static final long PATIENCE_SECONDS = 180;
    private static final long UNBOUNDED = Long.MAX_VALUE;
    private static final String MACHINE = """
            kind: Instance
            name: web
            project: default
            spec: {flavor: micro, image: micro}
            """;

    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofMillis(500)).build();
    private final RealSite site;

    private RealDeath(RealSite site) {
        this.site = site;
    }

    /**
     * @return seconds by what they are: of each death to the machine's next HTTP 200, and to the end of its old process
     * @throws IOException where this machine can't hold the hosts, or something was not as it is to be
     */
    public static Map<String, Double> run(Parts parts) throws IOException, InterruptedException {
        var death = new RealDeath(RealSite.open(parts, 2));
        death.site.progress().during("both hosts hold a lease", () -> {
            for (var host : HOSTS) death.awaitLease(host);
            return true;
        });
        death.play();
        return death.figures;
    }

    private void play() throws IOException, InterruptedException {
        var boot = new Stopwatch();
        site.apply("web.yaml", MACHINE);
        awaitAnswer("", "the machine boots and answers");
        figures.put("boot_s", boot.seconds());
        site.progress().note(String.format(Locale.ROOT, "from apply to its first HTTP 200: %.1f s", boot.seconds()));
        qemuDies();
        hostDies(
                "agent",
                at -> site.agents().get(at).kill(),
                at -> site.agents().get(at).startAgain());
        hostDies("network", at -> RealSite.link(at, "down"), at -> RealSite.link(at, "up"));
    }

    private void qemuDies() throws IOException, InterruptedException {
        var web = web();
        var old = process(web);
        var watch = new Stopwatch();
        old.destroyForcibly();
        Processes.awaitEnd(old);
        site.progress().note("killed QEMU of web on " + hostOf(web));
        Stopwatch.await(
                PATIENCE_SECONDS,
                () -> web().at("/status/epoch").asLong()
                                != web.at("/status/epoch").asLong()
                        && answers(web()),
                () -> "web does not answer: " + web());
        figures.put("qemu_to_http_s", watch.seconds());
    }

    private interface Blow {
        void strike(int host) throws IOException;
    }

    private void hostDies(String what, Blow blow, Blow cure) throws IOException, InterruptedException {
        var web = web();
        var name = hostOf(web);
        int at = HOSTS.indexOf(name);
        var old = process(web);
        var watch = new Stopwatch();
        blow.strike(at);
        site.progress().note("%s of %s is gone".formatted(what, name));
        site.progress().during("the warden ends its guests", () -> {
            Stopwatch.await(30, () -> Processes.hasEnded(old), () -> "QEMU of web still runs on " + name);
            return true;
        });
        double ended = watch.seconds();
        awaitAnswer(name, "web answers from another host");
        figures.put(what + "_to_guest_end_s", ended);
        figures.put(what + "_to_http_s", watch.seconds());
        site.progress()
                .note(String.format(
                        Locale.ROOT,
                        "guest ended after %.1f s, HTTP 200 from %s after %.1f s",
                        ended,
                        hostOf(web()),
                        watch.seconds()));
        cure.strike(at);
        site.progress().during("%s comes back, clean, and both hold a lease".formatted(name), () -> {
            awaitUp(name);
            for (var host : HOSTS) awaitLease(host); // the other one was alone meanwhile, and had none
            return true;
        });
        if (site.hosts().get(at).guest(uid(web)).isPresent())
            throw new IOException("web runs twice: on %s too".formatted(name));
    }

    private JsonNode web() throws IOException, InterruptedException {
        return site.room().client().get("/v1/projects/default/instances/web");
    }

    private static String uid(JsonNode web) {
        return web.at("/uid").asString();
    }

    private static String hostOf(JsonNode web) {
        return web.at("/status/host").asString();
    }

    private ProcessHandle process(JsonNode web) throws IOException {
        return site.hosts()
                .get(HOSTS.indexOf(hostOf(web)))
                .guest(uid(web))
                .orElseThrow(() -> new IOException("web has no QEMU process on " + hostOf(web)));
    }

    /** @param not where it was, and is to be no more; empty for any host */
    private void awaitAnswer(String not, String what) throws IOException, InterruptedException {
        site.progress().during(what, () -> {
            Stopwatch.await(
                    PATIENCE_SECONDS,
                    () -> {
                        var now = web();
                        return !hostOf(now).isEmpty() && !hostOf(now).equals(not) && answers(now);
                    },
                    () -> "web does not answer: %s%n%s"
                            .formatted(web(), site.room().regie("get", "deaths")));
            return true;
        });
    }

    private boolean answers(JsonNode web) throws InterruptedException {
        var address = web.at("/status/address").asString();
        if (address.isEmpty()) return false;
        var request = HttpRequest.newBuilder(URI.create("http://" + address + "/"))
                .timeout(Duration.ofMillis(500))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void awaitUp(String host) throws IOException, InterruptedException {
        Stopwatch.await(
                PATIENCE_SECONDS,
                () -> server(host).at("/status/presence").asString().equals("up"),
                () -> "%s does not come back: %s".formatted(host, server(host)));
    }

    private JsonNode server(String host) throws IOException, InterruptedException {
        return site.room().client().get("/v1/servers/" + host);
    }

    /** By what its warden looks at: guests may run until a moment that lies ahead, and not for ever. */
    private void awaitLease(String host) throws IOException, InterruptedException {
        var boards = site.hosts().get(HOSTS.indexOf(host)).root().resolve("run/regie-lease");
        var first = new long[] {0};
        Stopwatch.await(
                60,
                () -> {
                    long until = until(boards);
                    if (until <= 0 || until == UNBOUNDED) return false;
                    if (first[0] == 0) first[0] = until;
                    return until > first[0]; // renewed
                },
                () -> "%s holds no lease".formatted(host));
    }

    /** Of the one agent that runs there; 0 where none has hung up a board yet. */
    private static long until(Path boards) throws IOException {
        if (!Files.exists(boards)) return 0;
        try (var files = Files.walk(boards, 2)) {
            var board = files.filter(file -> file.toString().endsWith(".board")).findFirst();
            if (board.isEmpty()) return 0;
            var bytes = ByteBuffer.wrap(Files.readAllBytes(board.get()));
            return bytes.order(ByteOrder.nativeOrder()).getLong();
        }
    }
}
