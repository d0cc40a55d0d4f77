package regie.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import regie.lab.Command;

/** How fast places are chosen in a large estate. */
final class Placing implements Benchmark {
    private static final long SECONDS_MAX = 900;
    /** Those of which the worst round counts; of the others the median does. */
    private static final Set<String> WORST = Set.of("memory_mib", "plain_memory_mib");

    @Override
    public String name() {
        return "place";
    }

    @Override
    public String about() {
        return "Placing in memory, one thread: 10,000 hosts, 100,000 guests of mixed shapes and rules, with one group in ten that is"
                + " to survive the loss of any host; one leaves, one comes, half a million times. Timed is the coming:"
                + " choosing, proving, and being seated. Then the same where nobody is to survive anything (plain).";
    }

    @Override
    public int rounds() {
        return 3;
    }

    @Override
    public Result measure(Bench bench, int rounds) throws IOException {
        Map<String, List<Double>> measured = new TreeMap<>();
        for (int round = 1; round <= rounds; round++) {
            Bench.say("round %d of %d", round, rounds);
            run("survival", "").forEach((key, value) -> add(measured, key, value));
            run("plain", "plain_").forEach((key, value) -> add(measured, key, value));
        }
        var result = new Result.Builder();
        for (var key : List.of("decisions_per_s", "p99_us", "memory_mib")) result.figure(key, of(measured, key));
        for (var key : measured.keySet()) {
            if (!List.of("decisions_per_s", "p99_us", "memory_mib").contains(key))
                result.figure(key, of(measured, key));
        }
        return result.limitedBy("""
                Memory latency: what is looked at is spread over the whole of it. decisions_per_s counts all that a step takes, \
                the leaving of one guest and the making of the next included; decisions_per_cpu_s is the same by the time the \
                thread was on a processor. About one request in sixty finds no room and is told why. memory_mib is the most \
                that the whole process had resident.""");
    }

    private static Map<String, Double> run(String kind, String prefix) throws IOException {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Xmx384m",
                "-cp",
                System.getProperty("java.class.path"),
                PlacingRun.class.getName(),
                kind));
        var figures = new HashMap<String, Double>();
        for (var line : Command.run(SECONDS_MAX, command).lines().toList()) {
            var parts = line.split("=", 2);
            if (parts.length == 2) figures.put(prefix + parts[0], Double.parseDouble(parts[1]));
        }
        if (figures.isEmpty()) throw new IOException("the measured process said nothing");
        Bench.say(
                "%s",
                figures.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(each -> each.getKey() + "=" + Result.number(each.getValue()))
                        .collect(Collectors.joining(" ")));
        return figures;
    }

    private static void add(Map<String, List<Double>> measured, String key, double value) {
        measured.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
    }

    private static double of(Map<String, List<Double>> measured, String key) {
        var sorted = Samples.of(measured.getOrDefault(key, List.of()));
        return WORST.contains(key) ? sorted.most() : sorted.median();
    }
}
