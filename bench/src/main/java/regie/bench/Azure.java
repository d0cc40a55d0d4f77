package regie.bench;

import java.io.IOException;
import java.util.List;
import regie.kernel.Clock;
import regie.packing.TraceReplay;

/** Plays the arrivals of a public cloud, and counts the hosts that are in use beyond what is needed. */
final class Azure implements Benchmark {
    private static final String LIMITS =
            "No rule knows what comes: lifetimes are learned while the trace is played, from guests that ran before. A guest counts"
                    + " from its step of arrival to the end of its duration's bin, one step at least; censored ones stay."
                    + " Arrivals are placed one by one in the order of the trace. Data: huaweicloud/trace_generation_rnn, from"
                    + " the Azure Public Dataset V1 (Cortez et al., SOSP 2017), CC BY 4.0.";

    @Override
    public String name() {
        return "azure";
    }

    @Override
    public String about() {
        return "Arrivals of a public cloud placed online on hosts of 40 cores and 128 GiB: how many hosts have guests, as a mean over all steps of five minutes, above the bound max(cores, memory) in whole hosts. Lifetime-aware without migration, beside first fit and best fit, and with one migration for each 100 placements.";
    }

    @Override
    public boolean playsData() {
        return true;
    }

    @Override
    public int rounds() {
        return 1;
    }

    @Override
    public Result measure(Bench bench, int rounds) throws IOException {
        long start = Clock.SYSTEM.nanos();
        List<TraceReplay.Comparison> traces = TraceReplay.all(bench.folder());
        double seconds = (Clock.SYSTEM.nanos() - start) / 1e9;
        var result = new Result.Builder();
        figures(result, "", traces.getFirst());
        if (traces.size() > 1)
            for (var each : traces) figures(result, each.bestFit().trace() + "_", each);
        for (var each : traces) {
            for (var replay : List.of(each.firstFit(), each.bestFit(), each.lifetimeAware(), each.withMigration()))
                Bench.say(
                        "%s: %.1f hosts, bound %.1f (+%.2f %%); peak %d, bound %d; %d migrations",
                        replay.trace(),
                        replay.meanHosts(),
                        replay.meanBound(),
                        replay.overBoundPercent(),
                        replay.peakHosts(),
                        replay.peakBound(),
                        replay.migrations());
        }
        return result.figure("seconds", seconds).limitedBy(LIMITS);
    }

    private static void figures(Result.Builder result, String prefix, TraceReplay.Comparison each) {
        result.figure(prefix + "mean_over_bound_pct", each.lifetimeAware().overBoundPercent())
                .figure(prefix + "best_fit_pct", each.bestFit().overBoundPercent())
                .figure(prefix + "first_fit_pct", each.firstFit().overBoundPercent())
                .figure(prefix + "with_migration_pct", each.withMigration().overBoundPercent())
                .figure(prefix + "migrations", each.withMigration().migrations())
                .figure(prefix + "placements", each.bestFit().placements());
    }
}
