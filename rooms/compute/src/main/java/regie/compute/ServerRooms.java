package regie.compute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import regie.estate.ServerSpec;
import regie.placement.Room;
import regie.placement.Slot;

/** What a server has to give, slot by slot: all that it is declared to have, less what is held back for the server itself. Pure. */
final class ServerRooms {
    private ServerRooms() {}

    /**
     * Threads and memory are held back evenly on the NUMA nodes, as far as a node has them; disk is held back in the first pool, and
     * what that lacks in the next. Where threads are overcommitted, so many times what is left of them is sold.
     */
    static List<Room> of(ServerSpec spec) {
        var rooms = new LinkedHashMap<Slot, Long>();
        int perThread =
                spec.overcommit().map(ServerSpec.Overcommit::vcpusPerThread).orElse(1);
        var threads = spec.numa().stream().map(node -> (long) node.threads()).toList();
        var memory = spec.numa().stream().map(ServerSpec.NumaNode::ordinaryMiB).toList();
        var threadsLeft = evenlyOff(threads, spec.reserve().vcpus());
        var memoryLeft = evenlyOff(memory, spec.reserve().memoryMiB());
        for (int node = 0; node < spec.numa().size(); node++) {
            rooms.put(Slot.threads(node), perThread * threadsLeft.get(node));
            rooms.put(Slot.memory(node), memoryLeft.get(node));
            for (var pages : spec.numa().get(node).hugepages())
                rooms.put(Slot.hugepages(node, pages.pageMiB()), pages.memoryMiB());
        }
        for (var disk : spec.disks()) rooms.merge(Slot.disk(slotName(disk.poolName())), disk.sizeGiB(), Long::sum);
        holdBackDisk(rooms, spec.reserve().diskGiB());
        for (var gpu : spec.gpus())
            rooms.merge(Slot.gpus(gpu.numaNode(), slotName(gpu.model())), (long) gpu.count(), Long::sum);
        long bandwidth = 0;
        for (var nic : spec.nics()) {
            bandwidth += nic.speedMbps();
            if (nic.virtualFunctions() > 0)
                rooms.merge(
                        Slot.virtualFunctions(nic.numaNode(), slotName(nic.name())),
                        (long) nic.virtualFunctions(),
                        Long::sum);
        }
        rooms.put(Slot.bandwidth(), bandwidth);
        return rooms.entrySet().stream()
                .map(room -> new Room(room.getKey(), room.getValue()))
                .toList();
    }

    /** A name as slots carry it: they are told apart in texts, so a blank or an {@code @} becomes a {@code _}. */
    static String slotName(String name) {
        return name.replaceAll("[@\\s]", "_");
    }

    /** What is left of {@code amounts}, which come to {@code total} at least, when {@code total} is taken from them as evenly as can be. */
    static List<Long> evenlyOff(List<Long> amounts, long total) {
        var left = new ArrayList<>(amounts);
        long rest = total;
        while (rest > 0) {
            long some = left.stream().filter(amount -> amount > 0).count();
            long share = Math.max(1, rest / some);
            for (int at = 0; at < left.size() && rest > 0; at++) {
                long taken = Math.min(Math.min(share, rest), left.get(at));
                left.set(at, left.get(at) - taken);
                rest -= taken;
            }
        }
        return left;
    }

    private static void holdBackDisk(Map<Slot, Long> rooms, long reserve) {
        long rest = reserve;
        for (var room : rooms.entrySet()) {
            if (room.getKey().resource() != regie.placement.Resource.DISK_GIB) continue;
            long taken = Math.min(rest, room.getValue());
            room.setValue(room.getValue() - taken);
            rest -= taken;
        }
    }
}
