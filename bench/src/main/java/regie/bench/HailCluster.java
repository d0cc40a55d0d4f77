package regie.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import regie.placement.Cpu;
import regie.placement.Guest;
import regie.placement.Host;
import regie.placement.Inventory;
import regie.placement.Location;
import regie.placement.Place;
import regie.placement.Room;
import regie.placement.Rules;
import regie.placement.Shape;
import regie.placement.Slot;
import regie.placement.Take;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One cluster, told to two allocators: hosts of 64 threads and 256 GiB that carry ten guests of 4 vCPUs and 16 GiB each, every
 * fourth of them seven. No node groups, no NUMA, no disks but local ones: what both know.
 *
 * @see <a href="https://docs.ganeti.org/docs/ganeti/3.0/html/iallocator.html">Ganeti automatic instance allocation</a>
 */
record HailCluster(int hosts) {
    private static final int THREADS = 64;
    private static final int MEMORY_MIB = 262_144;
    private static final int DISK_GIB = 4_000;
    private static final int VCPUS = 4;
    private static final int GUEST_MIB = 16_384;
    private static final int GUEST_GIB = 10;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The guest that both are asked to place. */
    static Guest asked() {
        return guest(new UUID(3, 0));
    }

    private static Guest guest(UUID id) {
        var shape = new Shape(VCPUS, GUEST_MIB, 0, 0, GUEST_GIB, "", List.of(), false, 0, 0, Cpu.SHARED);
        return new Guest(id, "bench", "", shape, Rules.NONE);
    }

    private static int guestsOn(int host) {
        return host % 4 == 0 ? 7 : 10;
    }

    private static String name(int host) {
        return String.format(Locale.ROOT, "node%05d", host);
    }

    Inventory inventory() {
        var inventory = new Inventory();
        for (int host = 0; host < hosts; host++) {
            var id = new UUID(1, host);
            inventory.put(new Host(
                    id,
                    name(host),
                    Location.at("one"),
                    Map.of(),
                    true,
                    Optional.empty(),
                    false,
                    List.of(
                            new Room(Slot.threads(0), THREADS),
                            new Room(Slot.memory(0), MEMORY_MIB),
                            new Room(Slot.disk("local"), DISK_GIB))));
            for (int guest = 0; guest < guestsOn(host); guest++) {
                inventory.seat(
                        guest(new UUID(2, host * 16L + guest)),
                        new Place(
                                id,
                                List.of(
                                        new Take(Slot.threads(0), VCPUS),
                                        new Take(Slot.memory(0), GUEST_MIB),
                                        new Take(Slot.disk("local"), GUEST_GIB))));
            }
        }
        return inventory;
    }

    /** The same as the request that Ganeti's master writes for its allocators. */
    void write(Path file) throws IOException {
        var root = JSON.createObjectNode();
        root.putArray("cluster_tags");
        root.putArray("enabled_hypervisors").add("kvm");
        group(root.putObject("nodegroups").putObject("group"));
        var nodes = root.putObject("nodes");
        var instances = root.putObject("instances");
        for (int host = 0; host < hosts; host++) {
            node(nodes.putObject(name(host)), guestsOn(host));
            for (int guest = 0; guest < guestsOn(host); guest++) {
                var instance = instances.putObject("guest%05d-%d".formatted(host, guest));
                instance(instance);
                instance.put("admin_state", "up").put("admin_state_source", "admin");
                instance.putArray("nodes").add(name(host));
            }
        }
        var request = root.putObject("request");
        instance(request);
        request.put("type", "allocate").put("name", "asked").put("required_nodes", 1);
        Files.write(file, JSON.writeValueAsBytes(root));
    }

    private static void group(ObjectNode group) {
        group.put("name", "default").put("alloc_policy", "preferred");
        group.putArray("networks");
        group.putArray("tags");
        var policy = group.putObject("ipolicy");
        policy.put("vcpu-ratio", 1.0).put("spindle-ratio", 64.0);
        policy.putArray("disk-templates").add("plain");
        var bounds = policy.putArray("minmax").addObject();
        limits(bounds.putObject("min"), 1, 0, 128, 128);
        limits(bounds.putObject("max"), THREADS, 16, DISK_GIB * 1024, MEMORY_MIB);
        limits(policy.putObject("std"), 1, 1, 1024, 128);
    }

    private static void limits(ObjectNode limits, int cpus, int many, int diskMiB, int memoryMiB) {
        limits.put("cpu-count", cpus).put("memory-size", memoryMiB).put("disk-size", diskMiB);
        limits.put("disk-count", many).put("nic-count", many).put("spindle-use", Math.max(1, many));
    }

    private static void node(ObjectNode node, int guests) {
        node.put("group", "group").put("total_cpus", THREADS).put("reserved_cpus", 0);
        node.put("total_memory", MEMORY_MIB).put("free_memory", MEMORY_MIB - guests * GUEST_MIB);
        node.put("reserved_memory", 0);
        node.put("i_pri_memory", guests * GUEST_MIB).put("i_pri_up_memory", guests * GUEST_MIB);
        node.put("total_disk", DISK_GIB * 1024).put("free_disk", (DISK_GIB - guests * GUEST_GIB) * 1024);
        node.put("total_spindles", 0).put("free_spindles", 0);
        node.put("offline", false).put("drained", false).put("vm_capable", true);
        node.put("master_capable", true).put("master_candidate", true);
        node.put("primary_ip", "192.0.2.1").put("secondary_ip", "198.51.100.1");
        node.putObject("ndparams").put("exclusive_storage", false).put("spindle_count", 1);
        node.putArray("tags");
    }

    private static void instance(ObjectNode instance) {
        instance.put("vcpus", VCPUS).put("memory", GUEST_MIB).put("spindle_use", 1);
        instance.put("os", "debian").put("hypervisor", "kvm");
        instance.put("disk_template", "plain").put("disk_space_total", GUEST_GIB * 1024);
        instance.putArray("disks")
                .addObject()
                .put("mode", "rw")
                .put("size", GUEST_GIB * 1024)
                .put("spindles", 1);
        instance.putArray("nics");
        instance.putArray("tags");
    }
}
