package regie.engine.libvirt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import regie.agent.contract.Guest;
import regie.agent.contract.Layout;
import regie.agent.contract.NumaNode;

/**
 * Which threads and devices belong to which guest. A guest keeps what it has as long as it wants the same; that is written down,
 * so that it outlives the agent.
 */
final class Pins {
    private final Path file;
    private final List<NumaNode> nodes;
    private final Map<UUID, Pin> pins;

    /** @throws IOException where what was written down can't be read */
    Pins(Path folder, List<NumaNode> nodes) throws IOException {
        this.file = folder.resolve("pins");
        this.nodes = nodes;
        this.pins = read(file);
    }

    /**
     * The guest's own threads and devices: those that it has, or others where it wants others.
     *
     * @throws LibvirtError where the host has too few left
     * @throws IOException where it can't be written down
     */
    synchronized Pin pin(Guest guest) throws LibvirtError, IOException {
        var layout = guest.machine().layout().orElse(Layout.onOneNode(guest.claim()));
        var has = pins.getOrDefault(guest.uid(), Pin.NONE);
        var taken = pins.entrySet().stream()
                .filter(other -> !other.getKey().equals(guest.uid()))
                .map(Map.Entry::getValue)
                .toList();
        var pin = new Pin(
                threads(layout, has, taken),
                devices(Layout.Sort.GPU, layout, has.cards(), addresses(taken)),
                devices(Layout.Sort.VIRTUAL_FUNCTION, layout, has.functions(), addresses(taken)));
        if (!pin.equals(has)) {
            if (pin.isNothing()) pins.remove(guest.uid());
            else pins.put(guest.uid(), pin);
            write();
        }
        return pin;
    }

    synchronized void release(UUID guest) throws IOException {
        if (pins.remove(guest) != null) write();
    }

    /** Of the threads of those nodes the ones that no guest has to itself. */
    synchronized List<Integer> shared(List<Integer> ofNodes) {
        var taken =
                pins.values().stream().flatMap(pin -> pin.threads().stream()).collect(Collectors.toSet());
        return nodes.stream()
                .filter(node -> ofNodes.contains(node.node()))
                .flatMap(node -> node.threads().stream())
                .filter(thread -> !taken.contains(thread))
                .toList();
    }

    /** The last threads of a node first: what is shared then keeps the first ones. */
    private List<Integer> threads(Layout layout, Pin has, List<Pin> others) throws LibvirtError {
        if (layout.cpu() != Layout.Cpu.DEDICATED) return List.of();
        var taken = others.stream().flatMap(pin -> pin.threads().stream()).collect(Collectors.toSet());
        var chosen = new ArrayList<Integer>();
        for (var cell : layout.cells()) {
            var own = nodes.stream()
                    .filter(node -> node.node() == cell.node())
                    .flatMap(node -> node.threads().reversed().stream())
                    .filter(thread -> !taken.contains(thread))
                    .toList();
            var kept = Stream.concat(own.stream().filter(has.threads()::contains), own.stream())
                    .distinct()
                    .limit(cell.threads())
                    .toList();
            if (kept.size() < cell.threads())
                throw new LibvirtError("NUMA node %d has %d threads left and %d are wanted"
                        .formatted(cell.node(), own.size(), cell.threads()));
            chosen.addAll(kept);
        }
        return chosen;
    }

    private static List<String> devices(Layout.Sort sort, Layout layout, List<String> has, Set<String> taken)
            throws LibvirtError {
        var chosen = new ArrayList<String>();
        for (var wanted : layout.devices()) {
            if (wanted.sort() != sort || wanted.addresses().isEmpty()) continue;
            var own = wanted.addresses().stream()
                    .filter(address -> !taken.contains(address) && !chosen.contains(address))
                    .toList();
            var kept = Stream.concat(own.stream().filter(has::contains), own.stream())
                    .distinct()
                    .limit(wanted.count())
                    .toList();
            if (kept.size() < wanted.count())
                throw new LibvirtError(
                        "%d of %s are left and %d are wanted".formatted(own.size(), wanted.name(), wanted.count()));
            chosen.addAll(kept);
        }
        return chosen;
    }

    private static Set<String> addresses(List<Pin> pins) {
        var addresses = new HashSet<String>();
        for (var pin : pins) {
            addresses.addAll(pin.cards());
            addresses.addAll(pin.functions());
        }
        return addresses;
    }

    private void write() throws IOException {
        var lines = pins.entrySet().stream()
                .map(pin -> "%s threads=%s cards=%s functions=%s"
                        .formatted(
                                pin.getKey(),
                                pin.getValue().threads().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(",")),
                                String.join(",", pin.getValue().cards()),
                                String.join(",", pin.getValue().functions())))
                .toList();
        var next = file.resolveSibling("pins.next");
        Files.write(next, lines);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Map<UUID, Pin> read(Path file) throws IOException {
        var pins = new TreeMap<UUID, Pin>();
        try {
            for (var line : Files.readAllLines(file)) {
                var parts = line.split(" ", -1);
                if (parts.length != 4)
                    throw new IOException("%s holds a line that is no pin: %s".formatted(file, line));
                pins.put(
                        UUID.fromString(parts[0]),
                        new Pin(
                                list(parts[1]).stream().map(Integer::valueOf).toList(),
                                list(parts[2]),
                                list(parts[3])));
            }
        } catch (NoSuchFileException _) {
            return pins; // nobody has anything to himself yet
        }
        return pins;
    }

    private static List<String> list(String part) {
        var values = part.substring(part.indexOf('=') + 1);
        return values.isEmpty() ? List.of() : List.of(values.split(",", -1));
    }
}
