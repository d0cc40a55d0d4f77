package regie.compute;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import regie.identity.ProjectSpec;
import regie.placement.Gpus;
import regie.placement.Shape;

/** What of the estate is counted for a project. */
enum Quota {
    INSTANCES("instances", "instances", "instances"),
    VCPUS("vcpus", "vcpus", "vCPUs"),
    MEMORY_MIB("memory-mib", "memoryMiB", "MiB of memory"),
    DISK_GIB("disk-gib", "diskGiB", "GiB of disk"),
    GPUS("gpus", "gpus", "graphics cards"),
    VIRTUAL_FUNCTIONS("virtual-functions", "virtualFunctions", "virtual functions"),
    BANDWIDTH_MBPS("bandwidth-mbps", "bandwidthMbps", "Mbit/s of bandwidth"),
    /** Of machines that have a place; a place that is only reserved takes none. */
    ADDRESSES("addresses", "addresses", "addresses");

    /** As the ledger writes it. */
    private final String text;

    /** As the project's spec names it. */
    private final String field;

    private final String words;

    Quota(String text, String field, String words) {
        this.text = text;
        this.field = field;
        this.words = words;
    }

    String text() {
        return text;
    }

    String field() {
        return field;
    }

    String words() {
        return words;
    }

    static Quota of(String text) {
        return Arrays.stream(values())
                .filter(quota -> quota.text.equals(text))
                .findFirst()
                .orElseThrow();
    }

    /** What one machine of that shape counts for. */
    long amount(Shape shape) {
        return switch (this) {
            case INSTANCES, ADDRESSES -> 1;
            case VCPUS -> shape.vcpus();
            case MEMORY_MIB -> shape.memoryMiB();
            case DISK_GIB -> shape.diskGiB();
            case GPUS -> shape.gpus().stream().mapToLong(Gpus::count).sum();
            case VIRTUAL_FUNCTIONS -> shape.virtualFunctions();
            case BANDWIDTH_MBPS -> shape.bandwidthMbps();
        };
    }

    private Optional<Long> in(ProjectSpec.Quota declared) {
        return switch (this) {
            case INSTANCES -> declared.instances().map(Integer::longValue);
            case VCPUS -> declared.vcpus().map(Integer::longValue);
            case MEMORY_MIB -> declared.memoryMiB();
            case DISK_GIB -> declared.diskGiB();
            case GPUS -> declared.gpus().map(Integer::longValue);
            case VIRTUAL_FUNCTIONS -> declared.virtualFunctions().map(Integer::longValue);
            case BANDWIDTH_MBPS -> declared.bandwidthMbps();
            case ADDRESSES -> declared.addresses().map(Integer::longValue);
        };
    }

    /** The bounds that a project declares; what it does not name is not bounded. */
    static Map<Quota, Long> bounds(ProjectSpec project) {
        return project.quota().stream()
                .flatMap(declared -> Arrays.stream(values())
                        .flatMap(quota -> quota.in(declared).stream().map(bound -> Map.entry(quota, bound))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
