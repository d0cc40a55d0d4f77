package regie.compute;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import regie.agent.contract.Claim;
import regie.agent.contract.Layout;
import regie.estate.ServerSpec;
import regie.placement.Slot;

/** What a host is told of a guest's place, in the words of the agent's contract. Pure. */
final class Layouts {
    private Layouts() {}

    static Claim claim(Seated seat) {
        var shape = seat.guest().shape();
        return new Claim(shape.vcpus(), shape.memoryMiB(), shape.diskGiB());
    }

    /** @param devices PCI addresses of what hangs on the host, where they are declared */
    static Layout layout(Seated seat, Map<Slot, List<String>> devices) {
        var threads = new TreeMap<Integer, Long>();
        var memory = new TreeMap<Integer, Long>();
        var handed = new ArrayList<Layout.Devices>();
        var pool = "";
        for (var take : seat.place().takes()) {
            var slot = take.slot();
            switch (slot.resource()) {
                case THREADS -> threads.merge(slot.node(), take.amount(), Long::sum);
                case MEMORY_MIB, HUGEPAGES_MIB -> memory.merge(slot.node(), take.amount(), Long::sum);
                case DISK_GIB -> pool = slot.name();
                case GPUS -> handed.add(devices(Layout.Sort.GPU, slot, take.amount(), devices));
                case VIRTUAL_FUNCTIONS ->
                    handed.add(devices(Layout.Sort.VIRTUAL_FUNCTION, slot, take.amount(), devices));
                case BANDWIDTH_MBPS -> {}
            }
        }
        memory.keySet().forEach(node -> threads.putIfAbsent(node, 0L));
        var cells = threads.entrySet().stream()
                .map(node -> new Layout.Cell(
                        node.getKey(), Math.toIntExact(node.getValue()), memory.getOrDefault(node.getKey(), 0L)))
                .toList();
        var shape = seat.guest().shape();
        return new Layout(
                Layout.Cpu.valueOf(shape.cpu().name()), shape.pageMiB(), cells, pool, handed, shape.bandwidthMbps());
    }

    private static Layout.Devices devices(Layout.Sort sort, Slot slot, long count, Map<Slot, List<String>> addresses) {
        return new Layout.Devices(
                sort, slot.name(), slot.node(), Math.toIntExact(count), addresses.getOrDefault(slot, List.of()));
    }

    /** PCI addresses by slot, of a server that declares them. */
    static Map<String, List<String>> addresses(ServerSpec spec) {
        var addresses = new TreeMap<String, List<String>>();
        for (var gpu : spec.gpus())
            add(addresses, Slot.gpus(gpu.numaNode(), ServerRooms.slotName(gpu.model())), gpu.pciAddresses());
        for (var nic : spec.nics())
            add(addresses, Slot.virtualFunctions(nic.numaNode(), ServerRooms.slotName(nic.name())), nic.pciAddresses());
        return addresses;
    }

    private static void add(Map<String, List<String>> all, Slot slot, List<String> some) {
        if (!some.isEmpty())
            all.computeIfAbsent(slot.toString(), _ -> new ArrayList<>()).addAll(some);
    }

    static Map<Slot, List<String>> bySlot(Map<String, List<String>> addresses) {
        return addresses.entrySet().stream()
                .collect(Collectors.toMap(each -> Places.slot(each.getKey()), Map.Entry::getValue));
    }
}
