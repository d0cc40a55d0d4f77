package regie.placement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Hosts and guests made up from a seed: small, crowded, and with every rule somewhere. */
final class Made {
    private static final String[] SITES = {"par1", "fra1", "ams1"};
    private static final String[] COUNTRIES = {"FR", "DE", "NL"};
    private static final String[] MODELS = {"A100", "L4"};
    private static final String[] GROUPS = {"web", "db", "cache"};

    private final Random random;
    private int names;

    Made(long seed) {
        random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int bound) {
        return random.nextInt(bound) == 0;
    }

    <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    Random random() {
        return random;
    }

    Host host() {
        var name = "h%03d".formatted(random.nextInt(1000) * 100 + names++);
        return host(Estate.id(name), name);
    }

    Host host(UUID id, String name) {
        int site = random.nextInt(SITES.length);
        var labels = new HashMap<String, String>();
        if (oneIn(2)) labels.put("disk", oneIn(2) ? "ssd" : "hdd");
        if (oneIn(3)) labels.put("tier", "gold");
        return new Host(
                id,
                name,
                location(site),
                labels,
                !oneIn(10),
                oneIn(12) ? Optional.of("bank") : Optional.empty(),
                oneIn(8),
                rooms());
    }

    private Location location(int site) {
        var at = SITES[site];
        var feeds = new ArrayList<String>();
        for (int feed = random.nextInt(3); feed > 0; feed--) feeds.add(at + "-f" + random.nextInt(3));
        return new Location(
                at,
                COUNTRIES[site],
                oneIn(6) ? "" : at + "-m" + random.nextInt(2),
                oneIn(6) ? "" : at + "-r" + random.nextInt(3),
                feeds,
                oneIn(6) ? "" : at + "-s" + random.nextInt(2));
    }

    private List<Room> rooms() {
        var rooms = new ArrayList<Room>();
        int nodes = 1 + random.nextInt(4);
        for (int node = 0; node < nodes; node++) {
            rooms.add(new Room(Slot.threads(node), random.nextInt(17)));
            rooms.add(new Room(Slot.memory(node), random.nextInt(32) * 512L));
            if (oneIn(2)) rooms.add(new Room(Slot.hugepages(node, 2), random.nextInt(9) * 512L));
            if (oneIn(3)) rooms.add(new Room(Slot.hugepages(node, 1024), random.nextInt(5) * 1024L));
            if (oneIn(3)) rooms.add(new Room(Slot.gpus(node, MODELS[random.nextInt(2)]), random.nextInt(5)));
            if (oneIn(4)) rooms.add(new Room(Slot.virtualFunctions(node, "eno" + node), random.nextInt(9)));
        }
        if (oneIn(6)) rooms.add(new Room(Slot.gpus(Slot.WHOLE, "A100"), 2));
        if (oneIn(2)) rooms.add(new Room(Slot.disk("ssd"), random.nextInt(400)));
        if (oneIn(2)) rooms.add(new Room(Slot.disk("hdd"), random.nextInt(900)));
        if (oneIn(2)) rooms.add(new Room(Slot.bandwidth(), random.nextInt(2000)));
        return rooms;
    }

    Guest guest() {
        var group = oneIn(3) ? "" : GROUPS[random.nextInt(3)];
        return new Guest(Estate.id("g" + names++), oneIn(4) ? "bank" : "shop", group, shape(), rules(group));
    }

    private Shape shape() {
        int numaNodes = oneIn(2) ? 0 : 1 + random.nextInt(3);
        int pageMiB = oneIn(5) ? (oneIn(2) ? 2 : 1024) : 0;
        int each = 1 + random.nextInt(oneIn(4) ? 12 : 4);
        long memory = pageMiB == 1024 ? 1024L * (1 + random.nextInt(2)) : 256L * (1 + random.nextInt(12));
        var gpus = new ArrayList<Gpus>();
        for (var model : MODELS) if (oneIn(8)) gpus.add(new Gpus(model, 1 + random.nextInt(3)));
        int many = Math.max(1, numaNodes);
        return new Shape(
                each * many,
                memory * many,
                pageMiB,
                numaNodes,
                oneIn(3) ? 1 + random.nextInt(200) : 0,
                oneIn(3) ? "ssd" : "",
                gpus,
                oneIn(2),
                oneIn(8) ? 1 + random.nextInt(4) : 0,
                oneIn(6) ? 1 + random.nextInt(900) : 0,
                oneIn(10) ? Cpu.OVERCOMMITTED : oneIn(3) ? Cpu.DEDICATED : Cpu.SHARED);
    }

    private Rules rules(String group) {
        var rules = Rules.NONE.packed(oneIn(3) ? Packing.SPREAD : Packing.PACK);
        if (!group.isEmpty() && oneIn(3)) rules = rules.withApart(new Apart(domain(), oneIn(2)));
        if (!group.isEmpty() && oneIn(4))
            rules = rules.withSpread(new Spread(domain(), 1 + random.nextInt(2), oneIn(2)));
        if (oneIn(6)) rules = rules.withTogether(new Together(GROUPS[random.nextInt(3)], domain(), oneIn(2)));
        if (oneIn(5)) rules = rules.requiring(Map.of("disk", "ssd"));
        if (oneIn(4)) rules = rules.preferring(Map.of("disk", "hdd", "tier", "gold"));
        if (oneIn(5)) rules = rules.atSites("par1", "ams1");
        if (oneIn(6)) rules = rules.inCountries("DE", "FR");
        return rules;
    }

    private Domain domain() {
        return any(List.of(Domain.values()));
    }
}
