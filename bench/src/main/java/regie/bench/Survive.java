package regie.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import regie.lab.Stopwatch;
import regie.placement.Inventory;
import regie.placement.Survival;
import regie.placement.checker.SurvivalEstate;

/** How long it takes to prove that 30,000 guests on 3,000 hosts survive the loss of any host, rack or site. */
final class Survive implements Benchmark {
    private static final int HOSTS = 3_000;
    private static final int GUESTS_OF_HOST = 10;
    private static final int SMALL = 300;
    private static final long SEED = 42;
    private static final int WARM_UP = 20;
    private static final int DECISIONS_WARM_UP = 2_000;
    private static final int DECISIONS = 10_000;
    private static final int LIVING = 50;

    @Override
    public String name() {
        return "survive";
    }

    @Override
    public String about() {
        return "3,000 hosts at five sites with 30,000 guests, all to survive the loss of a host, a rack and a site, in fleets of 20"
                + " that mostly keep apart. Cold: every promise of every guest is proven from nothing. Incremental: one guest is"
                + " admitted, its place chosen and all promises kept, or one leaves.";
    }

    @Override
    public int rounds() {
        return 60;
    }

    @Override
    public Result measure(Bench bench, int rounds) {
        var estate = new SurvivalEstate(HOSTS, HOSTS * GUESTS_OF_HOST, SEED);
        var inventory = new Inventory();
        estate.fill(inventory);
        var survival = new Survival(inventory);
        var cold = cold(survival, rounds);
        int gaps = survival.gaps().size();
        var held = estate.held(inventory);
        Bench.say(
                "%d gaps; of %d threads %d are sold and %d held, at least %d have to be",
                gaps, held.total(), held.sold(), held.held(), held.bound());
        var incremental = decisions(estate, survival);
        var small = small();
        return new Result.Builder()
                .figure("cold_p95_ms", cold.percentile(95))
                .figure("cold_ms", cold.median())
                .figure("incremental_ms", incremental.p99())
                .figure("incremental_median_ms", incremental.median())
                .figure("incremental_small_ms", small.p99())
                .figure("incremental_small_median_ms", small.median())
                .figure("gaps", gaps)
                .figure("held_threads", (double) held.held())
                .figure("bound_threads", (double) held.bound())
                .figure("n", cold.count())
                .samples("cold proof, ms", cold)
                .samples("decision at %,d hosts, ms".formatted(HOSTS), incremental)
                .samples("decision at %,d hosts, ms".formatted(SMALL), small)
                .limitedBy("""
                        Memory: every guest, its group and its host are looked at once, in an order that no cache foresees. \
                        incremental_ms is the 99th percentile of admissions and removals by turns, incremental_small_ms the \
                        same at a tenth of the size. Of %,d threads %,d are sold and %,d held; %,d is the least that any \
                        proof has to hold.""".formatted(held.total(), held.sold(), held.held(), held.bound()));
    }

    private static Samples cold(Survival survival, int rounds) {
        for (int at = 0; at < WARM_UP; at++) survival.prove();
        var cold = new ArrayList<Double>();
        for (int at = 0; at < rounds; at++) {
            var watch = new Stopwatch();
            survival.prove();
            cold.add(watch.seconds() * 1_000);
        }
        return Samples.of(cold);
    }

    private static Samples small() {
        var estate = new SurvivalEstate(SMALL, SMALL * GUESTS_OF_HOST, SEED);
        var inventory = new Inventory();
        estate.fill(inventory);
        return decisions(estate, new Survival(inventory));
    }

    private static Samples decisions(SurvivalEstate estate, Survival survival) {
        var living = new ArrayList<UUID>();
        decisions(estate, survival, living, DECISIONS_WARM_UP);
        return Samples.of(decisions(estate, survival, living, DECISIONS));
    }

    private static List<Double> decisions(SurvivalEstate estate, Survival survival, List<UUID> living, int count) {
        var millis = new ArrayList<Double>();
        while (millis.size() < count) {
            var guest = estate.another();
            var watch = new Stopwatch();
            boolean placed = survival.admit(guest).place().isPresent();
            millis.add(watch.seconds() * 1_000);
            if (placed) living.add(guest.id());
            if (living.size() <= LIVING) continue;
            var gone = living.removeFirst();
            watch = new Stopwatch();
            survival.unseat(gone);
            millis.add(watch.seconds() * 1_000);
        }
        return millis;
    }
}
