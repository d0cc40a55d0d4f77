package regie.packing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import regie.kernel.Clock;
import regie.placement.Cpu;
import regie.placement.Goal;
import regie.placement.Moves;
import regie.placement.Rebalance;
import regie.placement.Shape;

/**
 * What moving guests does for larger ones, on one cluster. Shares are of the free cores: those that no guest of the kind can use.
 *
 * @param bound the least that {@code movesMax} moves could leave
 * @param moves how many were made
 * @param millis to plan them, from the inventory to the list of moves
 */
public record Defragmentation(
        String cluster, int hosts, double before, double after, double bound, int moves, double millis) {
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
     */
    public static List<Defragmentation> of(Path file, int cores, long memoryMiB, int movesMax, Clock clock)
            throws IOException {
        var results = new ArrayList<Defragmentation>();
        for (var cluster : SnapshotFile.read(file)) results.add(of(file, cluster, cores, memoryMiB, movesMax, clock));
        return results;
    }

    private static Defragmentation of(Path file, Cluster cluster, int cores, long memoryMiB, int movesMax, Clock clock)
            throws IOException {
        var placement = new ClusterInventory(file, cluster);
        var shape = new Shape(cores, Math.max(1, memoryMiB), 0, 1, 0, "", List.of(), false, 0, 0, Cpu.SHARED);
        long start = clock.nanos();
        Moves plan = new Rebalance(placement.inventory(), placement::movable, movesMax).plan(new Goal.MakeRoom(shape));
        double millis = (clock.nanos() - start) / 1e6;
        var slots = new Slots(cluster, cores, memoryMiB);
        double before = slots.share();
        slots.play(plan.moves(), placement);
        double bound = new SlotBound(cluster, cores).share(movesMax);
        return new Defragmentation(
                cluster.name(),
                cluster.hosts().size(),
                before,
                slots.share(),
                bound,
                plan.moves().size(),
                millis);
    }
}
