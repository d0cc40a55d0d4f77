package regie.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import regie.kernel.Clock;
import regie.placement.Guest;
import regie.placement.Inventory;
import regie.placement.Placer;
import regie.placement.Survival;

/** The process that is measured: an inventory and a placer, and nothing else. Prints {@code key=number} lines. */
final class PlacingRun {
    private static final int HOSTS = 10_000;
    private static final int GUESTS = 100_000;
    private static final int DECISIONS = 500_000;
    private static final int WARM = 100_000;
    private static final long SEED = 20_261_120;

    private final Inventory inventory = new Inventory();
    private final Door door;
    private final PlacingGuests guests;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<UUID> placed = new ArrayList<>();
    private int refused;

    private PlacingRun(boolean surviving) {
        PlacingEstate.hosts(HOSTS).forEach(inventory::put);
        door = surviving ? surviving(new Survival(inventory)) : plain(new Placer(inventory));
        guests = new PlacingGuests(SEED, surviving);
    }

    /** Where guests come and go. */
    private interface Door {
        /** Whether it found a place. */
        boolean enter(Guest guest);

        void leave(UUID guest);
    }

    private Door plain(Placer placer) {
        return new Door() {
            @Override
            public boolean enter(Guest guest) {
                var place = placer.choose(guest).place();
                if (place.isPresent()) inventory.seat(guest, place.get());
                return place.isPresent();
            }

            @Override
            public void leave(UUID guest) {
                inventory.unseat(guest);
            }
        };
    }

    private static Door surviving(Survival survival) {
        return new Door() {
            @Override
            public boolean enter(Guest guest) {
                return survival.admit(guest).place().isPresent();
            }

            @Override
            public void leave(UUID guest) {
                survival.unseat(guest);
            }
        };
    }

    public static void main(String[] words) throws IOException {
        boolean surviving = List.of(words).contains("survival");
        var run = new PlacingRun(surviving);
        while (run.placed.size() < GUESTS) run.place();
        run.steady(WARM, new int[WARM]);
        var nanos = new int[DECISIONS];
        run.refused = 0;
        long start = Clock.SYSTEM.nanos();
        long before = cpuNanos();
        run.steady(DECISIONS, nanos);
        double seconds = (Clock.SYSTEM.nanos() - start) / 1e9;
        double cpuSeconds = (cpuNanos() - before) / 1e9;
        Arrays.sort(nanos);
        print("decisions_per_s", DECISIONS / seconds);
        print("decisions_per_cpu_s", DECISIONS / cpuSeconds);
        print("p50_us", nanos[DECISIONS / 2] / 1e3);
        print("p99_us", nanos[DECISIONS / 100 * 99] / 1e3);
        print("p999_us", nanos[DECISIONS / 1000 * 999] / 1e3);
        print("max_us", nanos[DECISIONS - 1] / 1e3);
        print("refused_percent", 100.0 * run.refused / DECISIONS);
        print("guests", run.placed.size());
        print("memory_mib", peakMiB());
    }

    /** One leaves, one comes; what is timed is the coming: choosing, and being seated. */
    private void steady(int decisions, int[] nanos) {
        for (int at = 0; at < decisions; at++) {
            if (placed.size() >= GUESTS) door.leave(leaver());
            nanos[at] = place();
        }
    }

    private UUID leaver() {
        int at = random.nextInt(placed.size());
        var last = placed.removeLast();
        return at == placed.size() ? last : placed.set(at, last);
    }

    /** How long it took, in ns. */
    private int place() {
        var guest = guests.next();
        long start = Clock.SYSTEM.nanos();
        boolean entered = door.enter(guest);
        int nanos = (int) Math.min(Integer.MAX_VALUE, Clock.SYSTEM.nanos() - start);
        if (entered) placed.add(guest.id());
        else refused++;
        return nanos;
    }

    /** The most that this whole process ever had resident. */
    private static double peakMiB() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                / 1024.0;
    }

    /** What this thread alone has used; unlike real time it says what a quiet machine would take. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void print(String key, double value) {
        System.out.println(key + "=" + Result.number(value));
    }
}
