package regie.placement.checker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import regie.placement.Apart;
import regie.placement.Cpu;
import regie.placement.Domain;
import regie.placement.Gpus;
import regie.placement.Guest;
import regie.placement.Host;
import regie.placement.Location;
import regie.placement.Packing;
import regie.placement.Room;
import regie.placement.Rules;
import regie.placement.Shape;
import regie.placement.Slot;
import regie.placement.Spread;
import regie.placement.Survives;
import regie.placement.Together;

/** Makes hosts, shapes and rules of every kind, small enough that all of them meet. */
final class StormEstate {
    private static final List<String> PROJECTS = List.of("shop", "bank");
    private static final List<String> GROUPS = List.of("", "", "", "web", "db", "queue", "cache");

    private final Dice dice;
    private final int sites;
    private final boolean several;
    private int hosts;

    /** @param several whether some guests are to survive the loss of several hosts */
    StormEstate(Dice dice, boolean several) {
        this.dice = dice;
        this.several = several;
        sites = dice.between(2, 3);
    }

    Host host() {
        int number = hosts++;
        int site = number % sites;
        var name = "s" + site;
        var room = name + "-r" + dice.below(2);
        var rack = dice.percent(5) ? "" : room + "-" + dice.below(3);
        var feeds = dice.percent(50)
                ? List.of(room + "-a")
                : dice.percent(90) ? List.of(room + "-a", room + "-b") : List.<String>of();
        var location = new Location(
                name, site == 0 ? "FR" : "DE", room, rack, feeds, dice.percent(80) ? name + "-sw" + dice.below(2) : "");
        boolean overcommitted = dice.percent(10);
        var project = dice.percent(10) ? Optional.of(dice.of(PROJECTS)) : Optional.<String>empty();
        return new Host(
                dice.id(), "host-" + number, location, labels(), dice.percent(97), project, overcommitted, rooms());
    }

    private Map<String, String> labels() {
        return dice.percent(70) ? Map.of("ssd", "yes") : Map.of();
    }

    List<Room> rooms() {
        var rooms = new LinkedHashMap<Slot, Long>();
        int nodes = dice.percent(70) ? 2 : 1;
        for (int node = 0; node < nodes; node++) {
            rooms.put(Slot.threads(node), (long) dice.between(6, 16));
            rooms.put(Slot.memory(node), 1024L * dice.between(8, 32));
            if (dice.percent(50)) rooms.put(Slot.hugepages(node, 2), 1024L * dice.between(2, 8));
            if (dice.percent(20)) rooms.put(Slot.gpus(node, "A100"), (long) dice.between(1, 4));
        }
        rooms.put(Slot.disk("fast"), (long) dice.between(200, 800));
        if (dice.percent(50)) rooms.put(Slot.disk("slow"), (long) dice.between(200, 2000));
        if (dice.percent(60)) rooms.put(Slot.virtualFunctions(0, "eno1"), (long) dice.between(4, 16));
        if (dice.percent(30)) rooms.put(Slot.virtualFunctions(nodes - 1, "eno2"), (long) dice.between(4, 16));
        rooms.put(Slot.bandwidth(), 10_000L);
        return rooms.entrySet().stream()
                .map(each -> new Room(each.getKey(), each.getValue()))
                .toList();
    }

    Guest guest() {
        var group = dice.of(GROUPS);
        return new Guest(dice.id(), dice.of(PROJECTS), group, shape(), rules(group));
    }

    Shape shape() {
        int vcpus = dice.of(List.of(1, 2, 2, 4, 4, 8));
        long memory = 1024L * dice.of(List.of(1, 2, 4, 8));
        int nodes = dice.percent(70) ? 0 : vcpus > 1 ? dice.between(1, 2) : 1;
        int page = dice.percent(15) ? 2 : 0;
        var gpus = dice.percent(6) ? List.of(new Gpus("A100", 1)) : List.<Gpus>of();
        var pool = dice.percent(20) ? "fast" : "";
        var cpu = dice.percent(8) ? Cpu.OVERCOMMITTED : dice.percent(20) ? Cpu.DEDICATED : Cpu.SHARED;
        return new Shape(
                vcpus,
                memory,
                page,
                nodes,
                dice.percent(60) ? dice.between(1, 60) : 0,
                pool,
                gpus,
                dice.percent(50),
                dice.percent(10) ? dice.between(1, 2) : 0,
                dice.percent(30) ? dice.between(1, 500) : 0,
                cpu);
    }

    Rules rules(String group) {
        boolean alone = group.isEmpty();
        var apart = !alone && dice.percent(40)
                ? List.of(new Apart(dice.of(List.of(Domain.values())), dice.percent(80)))
                : List.<Apart>of();
        var together = dice.percent(8)
                ? List.of(new Together(
                        dice.of(List.of("web", "db")), dice.of(List.of(Domain.values())), dice.percent(80)))
                : List.<Together>of();
        var spread = !alone && dice.percent(15)
                ? List.of(new Spread(dice.of(List.of(Domain.values())), dice.between(1, 2), dice.percent(80)))
                : List.<Spread>of();
        return new Rules(
                apart,
                together,
                spread,
                dice.percent(10) ? Map.of("ssd", "yes") : Map.of(),
                Map.of(),
                dice.percent(8) ? Set.of("s0") : Set.of(),
                dice.percent(8) ? Set.of("DE") : Set.of(),
                survives(),
                dice.percent(50) ? Packing.PACK : Packing.SPREAD);
    }

    private List<Survives> survives() {
        var survives = new ArrayList<Survives>();
        if (dice.percent(20)) return survives;
        for (var domain : Domain.values()) {
            boolean large = domain == Domain.SITE || domain == Domain.ROOM;
            if (!dice.percent(large ? 10 : 35)) continue;
            boolean many = domain == Domain.HOST && dice.percent(45) && several;
            survives.add(new Survives(domain, many ? dice.between(2, 3) : 1));
        }
        return survives;
    }
}
