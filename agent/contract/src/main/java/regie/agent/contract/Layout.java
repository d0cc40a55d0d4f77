package regie.agent.contract;

import java.util.List;

/**
 * Where on its host a guest has its claim: what of it stands on which NUMA node, and the devices of its own.
 *
 * @param cpu how its vCPUs get their threads
 * @param pageMiB size of the pages its memory is made of; 0 for ordinary memory
 * @param cells one for each NUMA node of the host that it has something of, in the order of nodes; together its claim
 * @param pool disk pool of the host; empty where it has no disk
 * @param devices cards and virtual functions that are handed to it
 * @param bandwidthMbps what its network cards are held to together; 0 for no bound
 */
public record Layout(Cpu cpu, int pageMiB, List<Cell> cells, String pool, List<Devices> devices, int bandwidthMbps) {
    public Layout {
        cells = List.copyOf(cells);
        devices = List.copyOf(devices);
    }

    public enum Cpu {
        /** As many threads as it has vCPUs are nobody else's; which ones is left to the host. */
        SHARED,
        /** Each vCPU is pinned to a thread that is nobody else's. */
        DEDICATED,
        /** Has no thread of its own. */
        OVERCOMMITTED
    }

    /** @param node NUMA node of the host, from 0 */
    public record Cell(int node, int threads, long memoryMiB) {}

    /**
     * Devices of one sort on one node.
     *
     * @param name model of a card, or network card of a virtual function
     * @param node NUMA node, or -1 where that is not known
     * @param addresses PCI addresses of all such devices of the host, of which it gets {@code count}; empty where the server does
     *     not declare them, and then nothing is handed over
     */
    public record Devices(Sort sort, String name, int node, int count, List<String> addresses) {
        public Devices {
            addresses = List.copyOf(addresses);
        }
    }

    public enum Sort {
        GPU,
        VIRTUAL_FUNCTION
    }

    /** All of {@code claim} on the first node, as on a host that has but one. */
    public static Layout onOneNode(Claim claim) {
        return new Layout(Cpu.SHARED, 0, List.of(new Cell(0, claim.vcpus(), claim.memoryMiB())), "", List.of(), 0);
    }

    /** True where the cells come to {@code claim}, with at least a thread and some memory. */
    boolean comesTo(Claim claim) {
        long threads = cells.stream().mapToLong(Cell::threads).sum();
        long memory = cells.stream().mapToLong(Cell::memoryMiB).sum();
        boolean positive =
                cells.stream().allMatch(cell -> cell.threads() >= 0 && cell.memoryMiB() >= 0 && cell.node() >= 0);
        return positive && threads > 0 && memory > 0 && threads == claim.vcpus() && memory == claim.memoryMiB();
    }
}
