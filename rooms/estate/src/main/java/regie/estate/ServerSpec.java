package regie.estate;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import regie.kernel.About;
import regie.kernel.BadField;
import regie.kernel.Spec;

/** A physical machine, as it was bought and mounted, and what of it is kept back from guests. */
public record ServerSpec(
        @About("name of the site it stands in") String site,
        @About("name of the rack it is mounted in") Optional<String> rack,

        @Min(1) @Max(100) @About("lowest rack unit it takes, counted from the bottom")
        Optional<Integer> position,

        @Min(1) @Max(48) @About(value = "height in rack units", otherwise = "1")
        int heightUnits,

        @Size(min = 1, max = 100) @About("manufacturer and model, such as Dell PowerEdge R900")
        Optional<String> model,

        @Size(min = 1, max = 64) @About("NUMA nodes, at least one")
        List<NumaNode> numa,

        @Size(max = 128) @About(value = "disks as the operating system sees them", otherwise = "[]")
        List<Disk> disks,

        @Size(max = 64) @About(value = "network interface cards, port by port", otherwise = "[]")
        List<Nic> nics,

        @Size(max = 32) @About(value = "graphics cards", otherwise = "[]")
        List<Gpu> gpus,

        @Size(max = 8) @About(value = "power supplies; one is enough to run", otherwise = "[]")
        List<PowerSupply> powerSupplies,

        @About("baseboard management controller, for power and installation from afar")
        Optional<Bmc> bmc,

        @About(value = "what runs guests on it", otherwise = "\"libvirt\"")
        Hypervisor hypervisor,

        @About(value = "whether it may be given guests", otherwise = "\"schedulable\"")
        State state,

        @About(
                value = "held back from guests, for the host itself; threads and memory evenly off the NUMA nodes",
                otherwise = "{}")
        Reserve reserve,

        @About("name of the project whose machines alone may be placed on it")
        Optional<String> dedicatedTo,

        @About(
                "sells threads more than once, to machines of flavors with cpu overcommitted alone; never where left out")
        Optional<Overcommit> overcommit,

        @Size(max = 2) @About(value = "parts of the control room itself that run on it", otherwise = "[]")
        List<ControlRoomPart> controlRoom,

        @About(value = "how long its machines run on when nobody can reach it", otherwise = "\"safe\"")
        Lease lease)
        implements Spec {
    /** Pages of memory that are set aside when the machine starts, of one size on one NUMA node. */
    public record Hugepages(
            @Min(2) @Max(1024) @About("size of a page in MiB: 2 or 1024")
            int pageMiB,

            @Min(1) @Max(32L * 1024 * 1024) @About("how many")
            long count) {
        public Hugepages {
            BadField.unless(pageMiB == 2 || pageMiB == 1024, "pageMiB", pageMiB, "2 or 1024");
        }

        public long memoryMiB() {
            return pageMiB * count;
        }
    }

    /** A part of Regie itself. Where several servers have it, one is enough. */
    public enum ControlRoomPart {
        PROGRAM,
        DATABASE
    }

    /** @param threads hardware threads (with SMT, two per core) */
    public record NumaNode(
            @Min(1) @Max(1024) @About("hardware threads; with SMT two per core")
            int threads,

            @Min(1) @Max(64L * 1024 * 1024) @About("memory in MiB")
            long memoryMiB,

            @Size(max = 2) @About(value = "of that memory, what is set aside in large pages", otherwise = "[]")
            List<Hugepages> hugepages) {
        public NumaNode {
            hugepages = List.copyOf(hugepages);
            long sizes = hugepages.stream().map(Hugepages::pageMiB).distinct().count();
            BadField.unless(
                    sizes == hugepages.size(), "hugepages", hugepages.size(), "one entry for each size of page");
            long huge = hugepagesMiB(hugepages);
            BadField.unless(
                    huge <= memoryMiB, "hugepages", huge + " MiB", "at most the node's %d MiB".formatted(memoryMiB));
        }

        /** What is left for guests without hugepages, and for the host itself. */
        public long ordinaryMiB() {
            return memoryMiB - hugepagesMiB(hugepages);
        }

        private static long hugepagesMiB(List<Hugepages> pages) {
            return pages.stream().mapToLong(Hugepages::memoryMiB).sum();
        }
    }

    /** A disk, or an array of them that shows itself as one. */
    public record Disk(
            @Size(min = 1, max = 63) @About("name, such as nvme0n1")
            String name,

            @Min(1) @Max(16L * 1024 * 1024) @About("usable size in GiB; of an array, what it leaves after redundancy")
            long sizeGiB,

            @About(value = "what it is made of", otherwise = "\"ssd\"")
            Media media,

            @Size(min = 1, max = 63)
            @Pattern(regexp = NAME)
            @About("pool that it and others of that name make up; by itself where left out")
            Optional<String> pool,

            @About("name of the storage device that holds it; absent: it is inside the server")
            Optional<String> device) {
        /** Name of the pool it belongs to. */
        public String poolName() {
            return pool.orElse(name);
        }
    }

    public enum Media {
        HDD,
        SSD,
        NVME
    }

    /** A port of a network card. */
    public record Nic(
            @Size(min = 1, max = 63) @About("name, such as eno1")
            String name,

            @Min(10) @Max(1_600_000) @About("speed in Mbit/s")
            int speedMbps,

            @About("name of the device it is cabled to") Optional<String> device,

            @Min(0) @Max(1024) @About(value = "virtual functions it can be split into (SR-IOV)", otherwise = "0")
            int virtualFunctions,

            @Min(0) @Max(63) @About(value = "index of the NUMA node it hangs on, from 0", otherwise = "0")
            int numaNode,

            @Size(max = 1024)
            @About(value = "PCI addresses of the virtual functions, where they are handed to guests", otherwise = "[]")
            List<@Pattern(regexp = PCI_ADDRESS) String> pciAddresses) {
        public Nic {
            pciAddresses = List.copyOf(pciAddresses);
            addresses(pciAddresses, virtualFunctions, "virtual functions");
        }
    }

    /** Graphics cards of one model on one NUMA node. */
    public record Gpu(
            @Size(min = 1, max = 100) @About("model, such as A100")
            String model,

            @Min(0) @Max(63) @About(value = "index of the NUMA node they hang on, from 0", otherwise = "0")
            int numaNode,

            @Min(1) @Max(64) @About(value = "how many", otherwise = "1")
            int count,

            @Min(1) @Max(16L * 1024 * 1024) @About("memory of each in MiB")
            Optional<Long> memoryMiB,

            @Size(max = 64)
            @About(
                    value = "PCI addresses, such as 0000:41:00.0, where the cards are handed to guests",
                    otherwise = "[]")
            List<@Pattern(regexp = PCI_ADDRESS) String> pciAddresses) {
        public Gpu {
            pciAddresses = List.copyOf(pciAddresses);
            addresses(pciAddresses, count, "cards");
        }
    }

    /** The controller that can switch the machine on and off. */
    public record Bmc(
            @Size(min = 1, max = 253) @About("its host name or address")
            String address,

            @About(value = "what it speaks", otherwise = "\"redfish\"")
            Protocol protocol,

            @Min(1) @Max(65_535) @About("its port; 623 for ipmi and 443 for redfish where left out")
            Optional<Integer> port,

            @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}")
            @About(
                    "name of a file in the room's folder of credentials: the user in its first line, the password in its second")
            Optional<String> credentials,

            @Pattern(regexp = "[0-9a-f]{64}")
            @About(
                    "SHA-256 of the certificate it shows, in hexadecimal; where left out, one that the room's Java trusts")
            Optional<String> certificateSha256) {}

    /** How its machines are kept from running twice when nobody can reach it. */
    public enum Lease {
        /** Pauses and blips shorter than eight seconds cost no machine. */
        SAFE,
        /** One second: for sites whose network and agents were measured fit for it. */
        FAST,
        /** Its machines run whatever is heard; only its controller or an operator can prove it dead. */
        NONE
    }

    public enum Protocol {
        IPMI,
        REDFISH
    }

    public enum Hypervisor {
        /** Runs no guests: a database server, a storage node. */
        NONE,
        LIBVIRT,
        /** Exists in memory alone: for rehearsals. */
        SIMULATED
    }

    public enum State {
        SCHEDULABLE,
        /** Keeps its guests and gets no new ones. */
        CORDONED,
        /** Gets no new guests, and those it has are to go elsewhere. */
        DRAINING,
        /** Will not come back as it was: whoever says so vouches that none of its guests runs any more. */
        DEAD,
        /** No longer there; kept for the record. */
        RETIRED
    }

    /** What is held back from guests. */
    public record Reserve(
            @Min(0) @Max(65_536) @About(value = "hardware threads", otherwise = "0")
            int vcpus,

            @Min(0) @Max(4L * 1024 * 1024 * 1024) @About(value = "memory in MiB", otherwise = "0")
            long memoryMiB,

            @Min(0) @Max(4L * 1024 * 1024 * 1024) @About(value = "disk in GiB", otherwise = "0")
            long diskGiB) {}

    /** How much more is sold of a server than it has. Memory and all else is never sold twice. */
    public record Overcommit(
            @Min(2) @Max(16) @About("vCPUs sold for each hardware thread")
            int vcpusPerThread) {}

    /** Of disks, cards and such, as Linux names them: no blank, and none of the signs by which ledgers part a name from the rest. */
    static final String NAME = "[A-Za-z0-9._-]+";

    static final String PCI_ADDRESS = "[0-9a-f]{4}:[0-9a-f]{2}:[01][0-9a-f]\\.[0-7]";

    public ServerSpec {
        numa = List.copyOf(numa);
        disks = List.copyOf(disks);
        nics = List.copyOf(nics);
        gpus = List.copyOf(gpus);
        powerSupplies = List.copyOf(powerSupplies);
        controlRoom = List.copyOf(controlRoom);
        Mounting.check(rack, position);
        distinct("disks", disks, Disk::name);
        distinct("nics", nics, Nic::name);
        onNode("gpus", gpus.stream().map(Gpu::numaNode).toList(), numa.size());
        onNode("nics", nics.stream().map(Nic::numaNode).toList(), numa.size());
        var whole = whole(numa, disks);
        within("reserve.vcpus", reserve.vcpus(), whole.vcpus(), "threads");
        within("reserve.memoryMiB", reserve.memoryMiB(), whole.memoryMiB(), "MiB of memory");
        within("reserve.diskGiB", reserve.diskGiB(), whole.diskGiB(), "GiB of disk");
        long ordinary = numa.stream().mapToLong(NumaNode::ordinaryMiB).sum();
        within("reserve.memoryMiB", reserve.memoryMiB(), ordinary, "MiB of memory outside hugepages");
    }

    /** What the machine can give to guests: all that it has, less the reserve. */
    public Capacity capacity() {
        var whole = whole(numa, disks);
        return new Capacity(
                whole.vcpus() - reserve.vcpus(),
                whole.memoryMiB() - reserve.memoryMiB(),
                whole.diskGiB() - reserve.diskGiB());
    }

    /** The same server in another state. */
    public ServerSpec in(State other) {
        return new ServerSpec(
                site,
                rack,
                position,
                heightUnits,
                model,
                numa,
                disks,
                nics,
                gpus,
                powerSupplies,
                bmc,
                hypervisor,
                other,
                reserve,
                dedicatedTo,
                overcommit,
                controlRoom,
                lease);
    }

    @Override
    public List<Reference> references() {
        var references = new ArrayList<Reference>();
        dedicatedTo.ifPresent(name -> references.add(new Reference("dedicatedTo", "Project", name)));
        references.addAll(Mounting.references(site, rack, powerSupplies));
        for (int at = 0; at < disks.size(); at++) {
            var field = "disks." + at + ".device";
            disks.get(at).device().ifPresent(name -> references.add(new Reference(field, "Device", name)));
        }
        for (int at = 0; at < nics.size(); at++) {
            var field = "nics." + at + ".device";
            nics.get(at).device().ifPresent(name -> references.add(new Reference(field, "Device", name)));
        }
        return references;
    }

    private static Capacity whole(List<NumaNode> numa, List<Disk> disks) {
        return new Capacity(
                numa.stream().mapToInt(NumaNode::threads).sum(),
                numa.stream().mapToLong(NumaNode::memoryMiB).sum(),
                disks.stream().mapToLong(Disk::sizeGiB).sum());
    }

    private static void onNode(String field, List<Integer> nodes, int count) {
        for (int at = 0; at < nodes.size(); at++) {
            BadField.unless(
                    nodes.get(at) < count,
                    field + "." + at + ".numaNode",
                    nodes.get(at),
                    "a NUMA node that is listed; numa has %d, counted from 0".formatted(count));
        }
    }

    private static void addresses(List<String> given, int count, String what) {
        BadField.unless(
                given.isEmpty() || (given.size() == count && new HashSet<>(given).size() == count),
                "pciAddresses",
                given.size() + " addresses",
                "none, or one of its own for each of the %d %s".formatted(count, what));
    }

    private static void within(String field, long reserved, long whole, String unit) {
        BadField.unless(reserved <= whole, field, reserved, "at most the server's %d %s".formatted(whole, unit));
    }

    private static <T> void distinct(String field, List<T> parts, Function<T, String> name) {
        var seen = new HashSet<String>();
        for (int at = 0; at < parts.size(); at++) {
            var each = name.apply(parts.get(at));
            BadField.unless(seen.add(each), field + "." + at + ".name", each, "a name of its own in " + field);
        }
    }
}
