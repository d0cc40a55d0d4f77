package regie.packing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import regie.kernel.Clock;
import regie.placement.Cpu;
import regie.placement.Goal;
import regie.placement.Moves;
import regie.placement.Rebalance;
import regie.placement.Shape;
import regie.placement.Solver;

/**
 * What moving guests does for larger ones, on one cluster. Shares are of the free cores: those that no guest of the kind can use.
 *
 * @param fast what the heuristic alone leaves
 * @param after what is left by the better plan, where the solver found one
 * @param bound the least that {@code movesMax} moves could leave
 * @param fastMoves how many the heuristic made
 * @param fastMillis to plan them, from the inventory to the list of moves
 * @param millis in all, with the solver
 */
public record Defragmentation(
        String cluster,
        int hosts,
        double before,
        double fast,
        double after,
        double bound,
        int fastMoves,
        int moves,
        double fastMillis,
        double millis) {
    private static final String ENDING = ".json";

    /** Every snapshot of a folder, by name. */
    public static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).endsWith(ENDING)
                            && !String.valueOf(file.getFileName()).equals("params.json"))
                    .sorted()
                    .toList();
        }
    }

    /**
     * @param cores that the guest takes of one node
     * @param memoryMiB that it takes beside; 0 to look at cores alone
     * @param limit how long the solver may look for a better plan
     */
    public static List<Defragmentation> of(
            Path file, int cores, long memoryMiB, int movesMax, Solver solver, Duration limit, Clock clock)
            throws IOException {
        var results = new ArrayList<Defragmentation>();
        for (var cluster : SnapshotFile.read(file))
            results.add(of(file, cluster, cores, memoryMiB, movesMax, solver, limit, clock));
        return results;
    }

    private static Defragmentation of(
            Path file,
            Cluster cluster,
            int cores,
            long memoryMiB,
            int movesMax,
            Solver solver,
            Duration limit,
            Clock clock)
            throws IOException {
        var placement = new ClusterInventory(file, cluster);
        var shape = new Shape(cores, Math.max(1, memoryMiB), 0, 1, 0, "", List.of(), false, 0, 0, Cpu.SHARED);
        var goal = new Goal.MakeRoom(shape);
        var rebalance = new Rebalance(placement.inventory(), placement::movable, movesMax);
        long start = clock.nanos();
        var fast = rebalance.plan(goal);
        long middle = clock.nanos();
        var improved = rebalance.plan(goal, solver, limit);
        if (improved.unavailable().isPresent())
            throw new IOException(improved.unavailable().get());
        long end = clock.nanos();
        return new Defragmentation(
                cluster.name(),
                cluster.hosts().size(),
                new Slots(cluster, cores, memoryMiB).share(),
                share(cluster, cores, memoryMiB, fast, placement),
                share(cluster, cores, memoryMiB, improved.moves(), placement),
                new SlotBound(cluster, cores).share(movesMax),
                fast.moves().size(),
                improved.moves().moves().size(),
                (middle - start) / 1e6,
                (end - middle) / 1e6);
    }

    /** As it is once the moves were played through. */
    private static double share(Cluster cluster, int cores, long memoryMiB, Moves plan, ClusterInventory placement) {
        var slots = new Slots(cluster, cores, memoryMiB);
        slots.play(plan.moves(), placement);
        return slots.share();
    }
}
