package regie.packing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A trace played onto hosts of 40 cores and 128 GiB: how many had guests at the end of each step, and how many would be needed if
 * guests could be cut up at will (the larger of all cores and all memory, in whole hosts).
 */
public record TraceReplay(
        String trace,
        int placements,
        int migrations,
        double meanHosts,
        double meanBound,
        int peakHosts,
        long peakBound) {
    /** How one trace comes out. {@code withMigration} is lifetime-aware too, with one migration for each 100 placements. */
    public record Comparison(
            TraceReplay firstFit, TraceReplay bestFit, TraceReplay lifetimeAware, TraceReplay withMigration) {}

    /** Hosts in use above the bound, both as means over the steps, in percent. */
    public double overBoundPercent() {
        return 100 * (meanHosts / meanBound - 1);
    }

    /**
     * Every trace of a folder.
     *
     * @throws IOException where a file is missing or malformed; says which
     */
    public static List<Comparison> all(Path folder) throws IOException {
        var comparisons = new ArrayList<Comparison>();
        for (var trace : ArrivalTrace.in(folder)) {
            comparisons.add(new Comparison(
                    play(trace, _ -> HostChoice.firstFit(), false),
                    play(trace, _ -> HostChoice.bestFit(), false),
                    play(trace, LeastExtension::new, false),
                    play(trace, LeastExtension::new, true)));
        }
        return comparisons;
    }

    static TraceReplay play(ArrivalTrace trace, Function<TraceHosts, HostChoice> choices, boolean migrating) {
        var hosts = new TraceHosts(trace.guests());
        var choice = choices.apply(hosts);
        var emptying = migrating && choice instanceof LeastExtension aware
                ? List.of(new Emptying(hosts, aware))
                : List.<Emptying>of();
        var running = new ArrayList<Integer>();
        int next = 0;
        long sumHosts = 0;
        long sumBound = 0;
        int peakHosts = 0;
        long peakBound = 0;
        for (int step = 0; step < trace.steps(); step++) {
            depart(trace, hosts, choice, running, step);
            choice.begin(hosts, step);
            for (; next < trace.guests().size() && trace.guests().get(next).step() == step; next++) {
                hosts.seat(next, choice.choose(hosts, next, step));
                choice.seated(hosts, next, step);
                running.add(next);
            }
            for (var each : emptying) each.run(step, next);
            sumHosts += hosts.used();
            sumBound += hosts.bound();
            peakHosts = Math.max(peakHosts, hosts.used());
            peakBound = Math.max(peakBound, hosts.bound());
        }
        int migrations = emptying.stream().mapToInt(Emptying::migrations).sum();
        double steps = trace.steps();
        return new TraceReplay(
                trace.name(), next, migrations, sumHosts / steps, sumBound / steps, peakHosts, peakBound);
    }

    private static void depart(
            ArrivalTrace trace, TraceHosts hosts, HostChoice choice, ArrayList<Integer> running, int step) {
        running.removeIf(guest -> {
            boolean leaves = trace.guests().get(guest).leaves() <= step;
            choice.ran(guest, step, leaves);
            if (leaves) hosts.leave(guest);
            return leaves;
        });
    }
}
