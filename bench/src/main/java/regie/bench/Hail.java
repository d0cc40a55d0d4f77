package regie.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import regie.kernel.Check;
import regie.kernel.Clock;
import regie.lab.Command;
import regie.placement.Guest;
import regie.placement.Inventory;
import regie.placement.Placer;

/** One decision of ours beside one of Ganeti's allocator, on the same cluster in the same run. */
final class Hail implements Benchmark {
    private static final String PROGRAM = "/usr/lib/ganeti/iallocators/hail";
    private static final List<Integer> HOSTS = List.of(100, 500, 1_000, 2_000);
    private static final long SECONDS_MAX = 900;
    private static final int DECISIONS = 2_000;
    /** From so many hosts on, where one of its decisions takes the better part of a minute or more, fewer rounds are played. */
    private static final int LARGE = 1_000;

    private static final int ROUNDS_LARGE = 3;

    @Override
    public String name() {
        return "hail";
    }

    @Override
    public String about() {
        return "One placement on clusters of 100 to 2,000 hosts: by Ganeti's hail, from the start of the process to its end, and by"
                + " ours, on an inventory in memory; cold is ours from nothing, with all hosts and guests to be read in first.";
    }

    @Override
    public int rounds() {
        return 5;
    }

    @Override
    public Result measure(Bench bench, int rounds) throws IOException {
        var result = new Result.Builder().version("hail", version());
        // Ours is a part of a program that has long been running; what the first decisions of a process take is in
        // cold.
        decisions(new HailCluster(HOSTS.getFirst()).inventory());
        for (int hosts : HOSTS) {
            int played = hosts < LARGE ? rounds : Math.min(rounds, ROUNDS_LARGE);
            one(bench, new HailCluster(hosts), played, result);
        }
        return result.limitedBy("""
                hail reads its cluster anew for each decision, and weighs each node it might choose by the balance of all; it \
                runs without its capacity checks, which ours were not asked for either. Ours keeps the cluster in memory and \
                looks at the few hosts that are fullest. Both run on one core.""");
    }

    private static String version() throws IOException {
        return Command.run(10, List.of(PROGRAM, "--version"))
                .lines()
                .findFirst()
                .orElse("unknown");
    }

    private static void one(Bench bench, HailCluster cluster, int rounds, Result.Builder result) throws IOException {
        var file = bench.file("cluster-%d.json".formatted(cluster.hosts()));
        cluster.write(file);
        var theirs = new ArrayList<Double>();
        var cold = new ArrayList<Double>();
        var warm = new ArrayList<Double>();
        for (int round = 0; round < rounds; round++) {
            long start = Clock.SYSTEM.nanos();
            var answer = Command.run(SECONDS_MAX, List.of(PROGRAM, "--no-capacity-checks", file.toString()));
            theirs.add((Clock.SYSTEM.nanos() - start) / 1e6);
            if (!answer.contains("\"success\":true")) throw new IOException("hail placed nothing: " + answer);
            start = Clock.SYSTEM.nanos();
            var inventory = cluster.inventory();
            decide(new Placer(inventory), HailCluster.asked());
            cold.add((Clock.SYSTEM.nanos() - start) / 1e6);
            warm.addAll(decisions(inventory));
        }
        var ours = Samples.of(warm);
        var hail = Samples.of(theirs);
        result.figure("hail_%d_ms".formatted(cluster.hosts()), hail.median())
                .figure("regie_%d_us".formatted(cluster.hosts()), ours.median())
                .figure(
                        "regie_%d_cold_ms".formatted(cluster.hosts()),
                        Samples.of(cold).median())
                .samples("hail, %d hosts, ms".formatted(cluster.hosts()), hail)
                .samples("regie, %d hosts, µs".formatted(cluster.hosts()), ours)
                .samples("regie from nothing, %d hosts, ms".formatted(cluster.hosts()), Samples.of(cold));
        Bench.say(
                "%5d hosts: hail %9.1f ms, regie %7.1f µs, from nothing %6.1f ms",
                cluster.hosts(), hail.median(), ours.median(), Samples.of(cold).median());
    }

    /** In µs. The guest leaves again each time, so that the cluster stays what hail was told. */
    private static List<Double> decisions(Inventory inventory) {
        var placer = new Placer(inventory);
        var guest = HailCluster.asked();
        var micros = new ArrayList<Double>();
        for (int round = 0; round < DECISIONS; round++) {
            long start = Clock.SYSTEM.nanos();
            var place = placer.choose(guest).place().orElseThrow();
            inventory.seat(guest, place);
            micros.add((Clock.SYSTEM.nanos() - start) / 1e3);
            inventory.unseat(guest.id());
        }
        return micros;
    }

    private static void decide(Placer placer, Guest guest) {
        Check.that(placer.choose(guest).place().isPresent(), "there is room");
    }
}
