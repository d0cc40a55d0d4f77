package regie.placement;

import java.util.Arrays;
import java.util.Optional;

/** What is scarce on a host. The unit of each is in its name. */
public enum Resource {
    THREADS("threads", true),
    MEMORY_MIB("memory", true),
    HUGEPAGES_MIB("hugepages", true),
    DISK_GIB("disk", false),
    GPUS("gpus", false),
    VIRTUAL_FUNCTIONS("functions", false),
    BANDWIDTH_MBPS("bandwidth", false);

    private final String word;
    private final boolean ofNode;

    Resource(String word, boolean ofNode) {
        this.word = word;
        this.ofNode = ofNode;
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
