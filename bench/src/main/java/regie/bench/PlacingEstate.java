package regie.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import regie.placement.Host;
import regie.placement.Location;
import regie.placement.Room;
import regie.placement.Slot;

/**
 * Hosts as a company buys them over the years: three sites of four rooms each, racks of twenty with two feeds or one, and of
 * every hundred hosts sixty ordinary ones, twenty with more nodes, eight with huge pages, six with graphics cards, four that are
 * overcommitted and two that are dedicated to one project.
 */
final class PlacingEstate {
    private static final int RACK = 20;
    private static final List<String> SITES = List.of("ams1", "fra1", "par1");
    private static final List<String> COUNTRIES = List.of("NL", "DE", "FR");

    private PlacingEstate() {}

    static List<Host> hosts(int many) {
        var hosts = new ArrayList<Host>(many);
        for (int number = 0; number < many; number++) hosts.add(host(number));
        return hosts;
    }

    private static Host host(int number) {
        int kind = number % 100;
        var name = String.format(Locale.ROOT, "h%05d", number);
        return new Host(
                new UUID(1, number),
                name,
                location(number),
                labels(number),
                true,
                kind >= 98 ? Optional.of("bank") : Optional.empty(),
                kind >= 94 && kind < 98,
                rooms(kind));
    }

    private static Location location(int number) {
        int rack = number / RACK;
        int site = rack % SITES.size();
        var at = SITES.get(site);
        var row = "%s-%d".formatted(at, rack / SITES.size() % 4);
        var feeds = rack % 5 == 0 ? List.of(row + "-a") : List.of(row + "-a", row + "-b");
        return new Location(at, COUNTRIES.get(site), row, at + "-r" + rack, feeds, row + "-s" + rack % 8);
    }

    private static Map<String, String> labels(int number) {
        return Map.of("disk", number % 3 == 0 ? "hdd" : "ssd", "generation", Integer.toString(number % 4));
    }

    private static List<Room> rooms(int kind) {
        var rooms = new ArrayList<Room>();
        int nodes = kind < 60 || kind >= 88 ? 2 : 4;
        int threads = kind >= 94 && kind < 98 ? 128 : 128 / nodes / 2;
        for (int node = 0; node < nodes; node++) {
            rooms.add(new Room(Slot.threads(node), threads));
            rooms.add(new Room(Slot.memory(node), 131_072L * 2 / nodes));
            if (kind >= 80 && kind < 88) rooms.add(new Room(Slot.hugepages(node, 1024), 65_536));
            if (kind >= 88 && kind < 94) rooms.add(new Room(Slot.gpus(node, kind < 91 ? "A100" : "L40"), 4));
            if (kind % 4 == 0) rooms.add(new Room(Slot.virtualFunctions(node, "eno" + node), 32));
        }
        rooms.add(new Room(Slot.disk(kind % 2 == 0 ? "nvme" : "raid"), 8_000));
        rooms.add(new Room(Slot.bandwidth(), 25_000));
        return rooms;
    }
}
