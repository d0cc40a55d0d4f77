package regie.placement;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * One scarce thing of a host, such as the threads of its first NUMA node. As text: {@code threads@0}, {@code memory@1},
 * {@code hugepages:2@0}, {@code gpus:A100@1}, {@code disk:nvme0n1}, {@code functions:eno1@0}, {@code bandwidth}.
 *
 * @param node NUMA node from 0, or {@link #WHOLE} where it belongs to none; threads, memory and hugepages always have one
 * @param name GPU model, disk pool, NIC, or page size in MiB; empty for threads, memory and bandwidth. Holds neither {@code @}
 *     nor white space
 */
public record Slot(Resource resource, int node, String name) implements Comparable<Slot> {
    public static final int WHOLE = -1;

    private static final int NODE_MAX = 1023;
    private static final Pattern NAME = Pattern.compile("[^@\\s]{1,128}");
    private static final Pattern TEXT = Pattern.compile("([a-z]+)(?::([^@]+))?(?:@(\\d{1,4}))?");
    private static final Comparator<Slot> ORDER =
            Comparator.comparing(Slot::resource).thenComparing(Slot::name).thenComparingInt(Slot::node);

    public Slot {
        Wrong.unless(node >= WHOLE && node <= NODE_MAX, "node", node, "a NUMA node from 0 to 1023, or -1 for none");
        Wrong.unless(!resource.ofNode() || node != WHOLE, "node", node, "a NUMA node, for " + resource.word());
        if (named(resource)) {
            Wrong.unless(
                    NAME.matcher(name).matches(),
                    "name",
                    name,
                    "what " + resource.word() + " of, without @ and white space");
        } else {
            Wrong.unless(name.isEmpty(), "name", name, "no name, for " + resource.word());
        }
        if (resource == Resource.HUGEPAGES_MIB) pageMiB(name);
    }

    public static Slot threads(int node) {
        return new Slot(Resource.THREADS, node, "");
    }

    public static Slot memory(int node) {
        return new Slot(Resource.MEMORY_MIB, node, "");
    }

    /** @param pageMiB size of one page in MiB: 2 or 1024 on x86 */
    public static Slot hugepages(int node, int pageMiB) {
        return new Slot(Resource.HUGEPAGES_MIB, node, Integer.toString(pageMiB));
    }

    public static Slot disk(String pool) {
        return new Slot(Resource.DISK_GIB, WHOLE, pool);
    }

    public static Slot gpus(int node, String model) {
        return new Slot(Resource.GPUS, node, model);
    }

    public static Slot virtualFunctions(int node, String nic) {
        return new Slot(Resource.VIRTUAL_FUNCTIONS, node, nic);
    }

    public static Slot bandwidth() {
        return new Slot(Resource.BANDWIDTH_MBPS, WHOLE, "");
    }

    /** @throws IllegalArgumentException where {@code text} is not the text of a slot */
    public static Slot parse(String text) {
        var parts = TEXT.matcher(text);
        Wrong.unless(parts.matches(), "slot", text, "RESOURCE, RESOURCE:NAME or one of them with @NODE");
        var resource = Resource.of(parts.group(1));
        Wrong.unless(resource.isPresent(), "slot", text, "a known resource before : and @");
        var name = parts.group(2);
        var node = parts.group(3);
        return new Slot(resource.get(), node == null ? WHOLE : Integer.parseInt(node), name == null ? "" : name);
    }

    @Override
    public int compareTo(Slot other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return resource.word() + (name.isEmpty() ? "" : ":" + name) + (node == WHOLE ? "" : "@" + node);
    }

    private static boolean named(Resource resource) {
        return switch (resource) {
            case THREADS, MEMORY_MIB, BANDWIDTH_MBPS -> false;
            case HUGEPAGES_MIB, DISK_GIB, GPUS, VIRTUAL_FUNCTIONS -> true;
        };
    }

    private static void pageMiB(String name) {
        Wrong.unless(name.matches("[1-9]\\d{0,5}"), "name", name, "a page size in MiB, such as 2 or 1024");
    }
}
