package regie.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No sequence of moves beats the bound, as trying all of them shows; where one reaches it, it is exact. */
final class SlotBoundTest {
    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingThatCanBeDoneBeatsIt(long seed) {
        var random = new Random(seed);
        int[][] free = new int[3][2];
        var guests = new ArrayList<int[]>();
        for (int host = 0; host < 3; host++) {
            for (int node = 0; node < 2; node++) {
                free[host][node] = 20;
                while (random.nextInt(4) > 0) {
                    int cores = List.of(1, 2, 4, 8).get(random.nextInt(4));
                    if (free[host][node] < cores) break;
                    free[host][node] -= cores;
                    guests.add(new int[] {host, node, cores});
                }
            }
        }
        var bound = new SlotBound(cluster(free, guests), 8);
        for (int moves = 0; moves <= 2; moves++)
            assertThat(bound.count(moves)).isGreaterThanOrEqualTo(best(free, guests, moves));
    }

    @Test
    void oneGuestInTheWayIsOneMove() {
        int[][] free = {{6, 0}, {2, 0}};
        var guests = List.of(new int[] {0, 0, 2}, new int[] {1, 0, 6});
        var bound = new SlotBound(cluster(free, guests), 8);
        assertThat(bound.count(0)).isZero();
        assertThat(bound.count(1)).isEqualTo(1);
        assertThat(bound.share(1)).isZero();
    }

    @Test
    void nodesThatAreNoMultipleLoseTheRestForEver() {
        int[][] free = {{12, 12}, {12, 12}};
        var bound = new SlotBound(cluster(free, List.of()), 8);
        assertThat(bound.share(50)).isEqualTo((48 - 4 * 8) / 48.0);
    }

    /** Hosts of two nodes; a guest is its host, its node and its cores. */
    private static Cluster cluster(int[][] free, List<int[]> guests) {
        var hosts = new ArrayList<Cluster.Machine>();
        for (int host = 0; host < free.length; host++) {
            var nodes = new ArrayList<Cluster.Node>();
            for (int node = 0; node < 2; node++) {
                int total = free[host][node];
                for (var guest : guests) if (guest[0] == host && guest[1] == node) total += guest[2];
                nodes.add(new Cluster.Node(node, total, free[host][node], 1000));
            }
            hosts.add(new Cluster.Machine("h" + host, "", nodes));
        }
        var instances = new ArrayList<Cluster.Instance>();
        for (var guest : guests) {
            var part = new Cluster.Part(guest[1], guest[2], 1);
            instances.add(new Cluster.Instance("g" + instances.size(), "h" + guest[0], List.of(part), true));
        }
        return new Cluster("test", hosts, instances);
    }

    private static long best(int[][] free, List<int[]> guests, int moves) {
        long best = 0;
        for (var host : free) for (int node : host) best += node / 8;
        if (moves == 0) return best;
        for (var guest : guests) {
            int[] old = guest.clone();
            for (int host = 0; host < free.length; host++) {
                for (int node = 0; node < 2; node++) {
                    if (host == old[0] || free[host][node] < old[2]) continue;
                    shift(free, guest, host, node);
                    best = Math.max(best, best(free, guests, moves - 1));
                    shift(free, guest, old[0], old[1]);
                }
            }
        }
        return best;
    }

    private static void shift(int[][] free, int[] guest, int host, int node) {
        free[guest[0]][guest[1]] += guest[2];
        free[host][node] -= guest[2];
        guest[0] = host;
        guest[1] = node;
    }
}
