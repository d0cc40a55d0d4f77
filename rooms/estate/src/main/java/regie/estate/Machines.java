package regie.estate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The servers and devices of an estate under numbers: first all servers, then all devices, each in order of name. Where a machine
 * declares no power supply, the feeds that reach its rack are taken for its own.
 */
final class Machines {
    /** Where one stands and what it hangs on; {@code room} and {@code rack} are empty where they are not declared. */
    record Machine(
            Element element,
            String site,
            String room,
            String rack,
            List<Integer> feeds,
            boolean suppliesDeclared,
            List<Integer> diskDevices) {
        boolean isServer() {
            return element.kind() == Element.Kind.SERVER;
        }

        boolean standsIn(Element place) {
            return switch (place.kind()) {
                case SITE -> place.name().equals(site);
                case ROOM -> place.name().equals(room);
                case RACK -> place.name().equals(rack);
                default -> false;
            };
        }
    }

    final List<Machine> all = new ArrayList<>();
    final int servers;
    private final Map<Element, Integer> numbers = new HashMap<>();
    private final Estate estate;
    private final Feeds feeds;

    Machines(Estate estate, Feeds feeds) {
        this.estate = estate;
        this.feeds = feeds;
        this.servers = estate.servers().size();
        int number = 0;
        for (var name : estate.servers().keySet()) numbers.put(new Element(Element.Kind.SERVER, name), number++);
        for (var name : estate.devices().keySet()) numbers.put(new Element(Element.Kind.DEVICE, name), number++);
        estate.servers().forEach(this::add);
        estate.devices().forEach(this::add);
    }

    /** @param machine one that is there */
    int number(Element machine) {
        return numbers.getOrDefault(machine, -1);
    }

    int device(String name) {
        return number(new Element(Element.Kind.DEVICE, name));
    }

    private void add(String name, ServerSpec server) {
        var holders = new TreeSet<Integer>();
        for (var disk : server.disks())
            disk.device().map(this::device).filter(at -> at >= 0).ifPresent(holders::add);
        add(new Element(Element.Kind.SERVER, name), server.site(), server.rack(), server.powerSupplies(), holders);
    }

    private void add(String name, DeviceSpec device) {
        var none = new TreeSet<Integer>();
        add(new Element(Element.Kind.DEVICE, name), device.site(), device.rack(), device.powerSupplies(), none);
    }

    private void add(
            Element element, String site, Optional<String> rack, List<PowerSupply> supplies, Set<Integer> holders) {
        var itsRack = rack.map(estate.racks()::get);
        var names = supplies.isEmpty()
                ? itsRack.map(RackSpec::feeds).orElse(List.of())
                : supplies.stream().map(PowerSupply::feed).toList();
        all.add(new Machine(
                element,
                site,
                itsRack.flatMap(spec -> room(spec)).orElse(""),
                rack.orElse(""),
                names.stream()
                        .map(feeds::number)
                        .filter(at -> at >= 0)
                        .distinct()
                        .sorted()
                        .toList(),
                !supplies.isEmpty(),
                List.copyOf(holders)));
    }

    /** Rooms of one name at two sites are two rooms. */
    static Optional<String> room(RackSpec rack) {
        return rack.room().map(room -> rack.site() + "/" + room);
    }
}
