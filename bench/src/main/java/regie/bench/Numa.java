package regie.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import regie.engine.cpsat.CpSat;
import regie.kernel.Clock;
import regie.packing.Defragmentation;

/** Makes room for larger guests on the snapshots of hosts with NUMA nodes that ByteDance has published. */
final class Numa implements Benchmark {
    private static final int CORES = 16;
    private static final int MOVES_MAX = 50;
    /** For each cluster. */
    private static final Duration LIMIT = Duration.ofSeconds(45);

    private static final String LIMITS =
            "The bound counts cores alone and not what is lost where the moved guests arrive, so it may lie below what any plan can reach. The moves are planned by cores, each one fits in cores and memory, and guests on two nodes stay split as they are. Data: bytedance/DRL-based-VM-Rescheduling, Apache-2.0.";

    @Override
    public String name() {
        return "numa";
    }

    @Override
    public String about() {
        return "Of the free cores of a snapshot, the share that no guest of 16 cores on one NUMA node can use: as it is, and after at most 50 moves that were planned for it. Beside it the least that 50 moves could leave.";
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
        var files = Defragmentation.files(bench.folder());
        if (files.isEmpty()) throw new IOException("there is no snapshot, NAME.json, in " + bench.folder());
        var solver = new CpSat();
        List<Defragmentation> results = List.of();
        for (int round = 0; round < rounds; round++) {
            results = new java.util.ArrayList<>();
            for (var file : files)
                results.addAll(Defragmentation.of(file, CORES, 0, MOVES_MAX, solver, LIMIT, Clock.SYSTEM));
        }
        for (var each : results) Bench.say("%s", words(each));
        var result = new Result.Builder();
        // The snapshot that the last line speaks of without a name: the one with the most hosts of those named first.
        figures(
                result,
                "",
                results.stream()
                        .filter(each -> each.cluster().endsWith("_cluster1"))
                        .max(Comparator.comparingInt(Defragmentation::hosts))
                        .orElse(results.getFirst()));
        for (var each : results) figures(result, each.cluster() + "_", each);
        return result.limitedBy(LIMITS);
    }

    private static void figures(Result.Builder result, String prefix, Defragmentation each) {
        result.figure(prefix + "before_share", each.before())
                .figure(prefix + "fast_share", each.fast())
                .figure(prefix + "after_share", each.after())
                .figure(prefix + "bound_share", each.bound())
                .figure(prefix + "fast_moves", each.fastMoves())
                .figure(prefix + "moves", each.moves())
                .figure(prefix + "fast_ms", each.fastMillis())
                .figure(prefix + "ms", each.millis());
    }

    private static String words(Defragmentation each) {
        return String.format(
                Locale.ROOT,
                "%s, %d hosts: %.3f before, %.3f after %d moves of the heuristic, %.3f after %d of the solver, bound %.3f",
                each.cluster(),
                each.hosts(),
                each.before(),
                each.fast(),
                each.fastMoves(),
                each.after(),
                each.moves(),
                each.bound());
    }
}
