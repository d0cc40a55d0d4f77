package regie.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Two real hosts of one site and real machines on one of them, which is drained: for how long is each of them not to be reached? */
public final class RealDrain {
    private static final String HOST = RealSite.HOSTS.getFirst();
    private static final long PATIENCE_SECONDS = 300;
    private static final long QUIET_SECONDS = 5;
    private static final String MACHINE = """
            kind: Instance
            name: web-NUMBER
            project: default
            spec: {flavor: micro, image: micro}
            """;

    private final RealSite site;
    private final int guests;
    private final Stopwatch watch = new Stopwatch();
    private final List<Prober> probers = new ArrayList<>();

    private RealDrain(RealSite site, int guests) {
        this.site = site;
        this.guests = guests;
    }

    /**
     * @return figures by name; gaps in milliseconds between two answers to echoes sent each {@link Prober#EVERY_MILLIS}
     * @throws IOException where this machine can't hold the hosts, or something was not as it is to be
     */
    public static Map<String, Double> run(Parts parts, int guests) throws IOException, InterruptedException {
        return new RealDrain(RealSite.open(parts, guests), guests).play(parts);
    }

    private Map<String, Double> play(Parts parts) throws IOException, InterruptedException {
        var yaml = new StringBuilder();
        for (int at = 1; at <= guests; at++)
            yaml.append(MACHINE.replace("NUMBER", Integer.toString(at))).append("---\n");
        site.room().regie("server", "cordon", RealSite.HOSTS.getLast());
        site.apply("machines.yaml", yaml.toString());
        site.progress().during("%d machines answer on %s".formatted(guests, HOST), () -> {
            for (int at = 1; at <= guests; at++) awaitAnswer(at);
            return true;
        });
        site.room().regie("server", "uncordon", RealSite.HOSTS.getLast());
        for (int at = 1; at <= guests; at++)
            probers.add(parts.add(Prober.start(machine(at).at("/status/address").asString(), watch)));
        double quiet = watch.seconds();
        pass(QUIET_SECONDS);
        double begun = watch.seconds();
        site.room().regie("server", "drain", HOST);
        site.progress().during("all have moved", () -> {
            Stopwatch.await(PATIENCE_SECONDS, () -> onHost() == 0, () -> "not all moved: " + machine(1));
            return true;
        });
        double seconds = watch.seconds() - begun;
        pass(2);
        return figures(quiet, begun, watch.seconds(), seconds);
    }

    private Map<String, Double> figures(double quiet, double begun, double ended, double seconds)
            throws IOException, InterruptedException {
        var gaps = new ArrayList<Double>();
        var still = new ArrayList<Double>();
        double noise = 0;
        for (int at = 1; at <= guests; at++) {
            var prober = probers.get(at - 1);
            double gap = prober.longestGapMillis(begun, ended);
            noise = Math.max(noise, prober.longestGapMillis(quiet, begun));
            var moved = machine(at).at("/status/lastMigration");
            gaps.add(gap);
            still.add(moved.at("/downtimeMillis").asDouble());
            site.progress()
                    .note(String.format(
                            Locale.ROOT,
                            "web-%d: %.0f ms without an answer; its processors stood still for %s ms; %s s in all",
                            at,
                            gap,
                            moved.at("/downtimeMillis"),
                            moved.at("/seconds")));
        }
        var figures = new LinkedHashMap<String, Double>();
        figures.put("guests", (double) guests);
        figures.put(
                "longest_gap_ms", gaps.stream().mapToDouble(gap -> gap).max().orElse(0));
        figures.put("median_gap_ms", median(gaps));
        figures.put(
                "longest_standstill_ms",
                still.stream().mapToDouble(one -> one).max().orElse(0));
        figures.put("gap_before_ms", noise);
        figures.put("drain_s", seconds);
        return figures;
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private long onHost() throws IOException, InterruptedException {
        long many = 0;
        for (int at = 1; at <= guests; at++) {
            var status = machine(at).path("status");
            boolean there = status.path("host").asString("").equals(HOST);
            if (there || status.hasNonNull("migration")) many++;
        }
        return many;
    }

    private JsonNode machine(int at) throws IOException, InterruptedException {
        return site.room().client().get("/v1/projects/default/instances/web-" + at);
    }

    private void awaitAnswer(int at) throws IOException, InterruptedException {
        Stopwatch.await(
                PATIENCE_SECONDS,
                () -> {
                    var address = machine(at).at("/status/address").asString("");
                    return !address.isEmpty() && InetAddress.getByName(address).isReachable(500);
                },
                () -> "web-%d does not answer: %s".formatted(at, machine(at)));
    }

    private static void pass(long seconds) throws IOException, InterruptedException {
        var passed = new Stopwatch();
        Stopwatch.await(seconds + 1, () -> passed.seconds() >= seconds, () -> "");
    }
}
