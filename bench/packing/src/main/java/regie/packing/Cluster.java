package regie.packing;

import java.util.List;

/**
 * Hosts with NUMA nodes and the guests on them, as a snapshot of a data centre has them.
 *
 * @param name of the file and of the cluster in it
 */
public record Cluster(String name, List<Machine> hosts, List<Instance> instances) {
    /** @param rack empty where it is not known */
    public record Machine(String name, String rack, List<Node> nodes) {}

    /** @param freeMiB huge pages that no guest has */
    public record Node(int number, int cores, int freeCores, long freeMiB) {}

    /** @param movable whether it may be migrated */
    public record Instance(String name, String host, List<Part> parts, boolean movable) {
        int cores() {
            return parts.stream().mapToInt(Part::cores).sum();
        }

        long memoryMiB() {
            return parts.stream().mapToLong(Part::memoryMiB).sum();
        }
    }

    /** What an instance has of one node. */
    public record Part(int node, int cores, long memoryMiB) {}

    public int freeCores() {
        return hosts.stream()
                .flatMap(host -> host.nodes().stream())
                .mapToInt(Node::freeCores)
                .sum();
    }
}
