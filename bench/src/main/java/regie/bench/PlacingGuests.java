package regie.bench;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import regie.placement.Apart;
import regie.placement.Cpu;
import regie.placement.Domain;
import regie.placement.Gpus;
import regie.placement.Guest;
import regie.placement.Packing;
import regie.placement.Rules;
import regie.placement.Shape;
import regie.placement.Spread;
import regie.placement.Survives;
import regie.placement.Together;

/**
 * Machines as they are asked for: of a hundred, about eighty plain ones in seven sizes, the others bound to NUMA nodes, with huge
 * pages, graphics cards, virtual functions, bandwidth or overcommitted threads; one asks for more than any host has. Two of three
 * belong to a group, and every second group has a rule. One seed gives one sequence.
 */
final class PlacingGuests {
    private static final int GROUPS = 9_000;
    private static final List<Rules> RULES = List.of(
            Rules.NONE,
            Rules.NONE.withApart(new Apart(Domain.HOST, true)),
            Rules.NONE,
            Rules.NONE.withApart(new Apart(Domain.RACK, true)),
            Rules.NONE,
            Rules.NONE.withApart(new Apart(Domain.RACK, false)),
            Rules.NONE,
            Rules.NONE.withSpread(new Spread(Domain.SITE, 1, true)),
            Rules.NONE,
            Rules.NONE.withSpread(new Spread(Domain.ROOM, 2, false)).packed(Packing.SPREAD),
            Rules.NONE,
            Rules.NONE.requiring(Map.of("disk", "ssd")).withApart(new Apart(Domain.HOST, true)),
            Rules.NONE.inCountries("DE", "FR"),
            Rules.NONE.preferring(Map.of("generation", "3", "disk", "ssd")),
            Rules.NONE,
            Rules.NONE.atSites("par1").withApart(new Apart(Domain.SWITCH_PAIR, false)));
    private static final int[] SIZES = {1, 1, 2, 2, 2, 4, 4, 4, 4, 8, 8, 16};

    private final SplittableRandom random;
    private final boolean surviving;
    private long made;

    /** @param surviving whether one group in ten is to survive the loss of any host */
    PlacingGuests(long seed, boolean surviving) {
        this.surviving = surviving;
        random = new SplittableRandom(seed);
    }

    Guest next() {
        var id = new UUID(2, made++);
        if (random.nextInt(3) == 0) return new Guest(id, project(random.nextInt(100)), "", shape(), free());
        int group = random.nextInt(GROUPS);
        var rules = RULES.get(group % RULES.size());
        if (group % 50 == 0) rules = rules.withTogether(new Together("g" + group, Domain.SITE, true));
        if (surviving && group % 10 == 3) rules = rules.surviving(new Survives(Domain.HOST, 1));
        return new Guest(id, project(group), "g" + group, shape(), rules);
    }

    private static String project(int number) {
        return number % 40 == 7 ? "bank" : "p" + number % 40;
    }

    private Rules free() {
        return random.nextInt(8) == 0 ? Rules.NONE.preferring(Map.of("disk", "hdd")) : Rules.NONE;
    }

    private Shape shape() {
        int size = SIZES[random.nextInt(SIZES.length)];
        long memory = size * (random.nextInt(4) == 0 ? 8_192L : 3_072L);
        return switch (random.nextInt(100)) {
            case 0 -> plain(512, 1_048_576, Cpu.SHARED);
            case 1, 2, 3, 4 -> new Shape(2 * size, memory * 2, 0, 2, 40, "", List.of(), false, 0, 0, Cpu.DEDICATED);
            case 5, 6, 7 -> new Shape(size, size * 2_048L, 1024, 1, 20, "", List.of(), false, 0, 0, Cpu.DEDICATED);
            case 8, 9 -> gpus(size, memory, new Gpus("A100", 1 + random.nextInt(2)));
            case 10, 11 -> gpus(size, memory, new Gpus("L40", 1));
            case 12, 13, 14 -> new Shape(size, memory, 0, 1, 10, "", List.of(), false, 2, 1_000, Cpu.SHARED);
            case 15, 16 -> new Shape(size, memory, 0, 0, 100, "nvme", List.of(), false, 0, 500, Cpu.SHARED);
            case 17, 18, 19 -> plain(size, memory, Cpu.OVERCOMMITTED);
            default -> plain(size, memory, Cpu.SHARED);
        };
    }

    private static Shape plain(int vcpus, long memoryMiB, Cpu cpu) {
        return new Shape(vcpus, memoryMiB, 0, 0, 20, "", List.of(), false, 0, 0, cpu);
    }

    private static Shape gpus(int vcpus, long memoryMiB, Gpus gpus) {
        return new Shape(vcpus, memoryMiB, 0, 1, 100, "", List.of(gpus), true, 0, 0, Cpu.DEDICATED);
    }
}
