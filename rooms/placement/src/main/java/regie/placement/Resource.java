package regie.placement;

import java.util.Arrays;
import java.util.Optional;

/** What is scarce on a host. The unit of each is in its name. */
public enum Resource {
    THREADS(0, "threads", true),
    MEMORY_MIB(1, "memory", true),
    HUGEPAGES_MIB(2, "hugepages", true),
    DISK_GIB(3, "disk", false),
    GPUS(4, "gpus", false),
    VIRTUAL_FUNCTIONS(5, "functions", false),
    BANDWIDTH_MBPS(6, "bandwidth", false);

    private final int number;
    private final String word;
    private final boolean ofNode;

    Resource(int number, String word, boolean ofNode) {
        this.number = number;
        this.word = word;
        this.ofNode = ofNode;
    }

    /** Its place among the resources, from 0. */
    int number() {
        return number;
    }

    /** How a slot's text begins, such as {@code gpus}. */
    public String word() {
        return word;
    }

    /** True where every slot of it belongs to a NUMA node; others may belong to the host as a whole. */
    public boolean ofNode() {
        return ofNode;
    }

    static Optional<Resource> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }
}
