package regie.engine.libvirt;

import java.util.List;
import java.util.stream.Collectors;
import regie.agent.contract.Guest;
import regie.agent.contract.Layout;

/**
 * The parts of a guest's description that bind it to its place: threads, memory, pages, devices (see "CPU Tuning", "NUMA Node
 * Tuning", "Memory Backing" and "Host device assignment" in libvirt's documentation). Pure.
 *
 * @param shared threads that a guest which has none to itself may run on; none: any
 * @param bound whether its memory is bound to its nodes: on a machine with one node there is nothing to bind
 */
record Tuning(Layout layout, Pin pin, List<Integer> shared, boolean bound) {
    /** Libvirt counts bandwidth in kilobytes a second. */
    private static final int KILOBYTES_PER_MEGABIT = 125;

    static Tuning none(Guest guest) {
        return new Tuning(guest.machine().layout().orElse(Layout.onOneNode(guest.claim())), Pin.NONE, List.of(), false);
    }

    /** What stands between the memory and the vCPUs. */
    void memory(Xml xml) {
        if (layout.pageMiB() == 0) return;
        xml.open("memoryBacking").open("hugepages");
        xml.empty("page", "size", Integer.toString(layout.pageMiB()), "unit", "MiB");
        xml.close().close();
    }

    /** What binds the guest to this host and not to another, in one line. */
    String place(int vcpus) {
        var xml = new Xml();
        vcpus(xml, vcpus);
        return xml.toString();
    }

    /** The vCPUs themselves and what they are bound to. */
    void vcpus(Xml xml, int vcpus) {
        if (shared.isEmpty()) xml.text("vcpu", Integer.toString(vcpus));
        else xml.text("vcpu", Integer.toString(vcpus), "placement", "static", "cpuset", list(shared));
        if (!pin.threads().isEmpty()) {
            xml.open("cputune");
            for (int vcpu = 0; vcpu < pin.threads().size(); vcpu++)
                xml.empty(
                        "vcpupin",
                        "vcpu",
                        Integer.toString(vcpu),
                        "cpuset",
                        pin.threads().get(vcpu).toString());
            xml.empty("emulatorpin", "cpuset", list(pin.threads()));
            xml.close();
        }
        if (!bound) return;
        xml.open("numatune");
        var nodes = layout.cells().stream().map(Layout.Cell::node).toList();
        xml.empty("memory", "mode", "strict", "nodeset", list(nodes));
        if (split()) {
            for (int cell = 0; cell < nodes.size(); cell++)
                xml.empty(
                        "memnode",
                        "cellid",
                        Integer.toString(cell),
                        "mode",
                        "strict",
                        "nodeset",
                        nodes.get(cell).toString());
        }
        xml.close();
    }

    /** True where the guest itself is to see several nodes. */
    boolean split() {
        return bound
                && layout.cells().size() > 1
                && layout.cells().stream().allMatch(cell -> cell.threads() > 0 && cell.memoryMiB() > 0);
    }

    /** Inside the description of its CPU. */
    void cells(Xml xml) {
        xml.open("numa");
        int vcpu = 0;
        for (int cell = 0; cell < layout.cells().size(); cell++) {
            var of = layout.cells().get(cell);
            int last = vcpu + of.threads() - 1;
            xml.empty(
                    "cell",
                    "id",
                    Integer.toString(cell),
                    "cpus",
                    last == vcpu ? Integer.toString(vcpu) : vcpu + "-" + last,
                    "memory",
                    Long.toString(of.memoryMiB()),
                    "unit",
                    "MiB");
            vcpu = last + 1;
        }
        xml.close();
    }

    /** Inside each of {@code nics} network cards, which share what the guest has. */
    void bandwidth(Xml xml, int nics) {
        if (layout.bandwidthMbps() == 0) return;
        var average = Long.toString((long) layout.bandwidthMbps() * KILOBYTES_PER_MEGABIT / Math.max(1, nics));
        xml.open("bandwidth")
                .empty("inbound", "average", average)
                .empty("outbound", "average", average)
                .close();
    }

    void devices(Xml xml) {
        for (var card : pin.cards()) hostDevice(xml, card);
        for (var function : pin.functions()) hostDevice(xml, function);
    }

    private static void hostDevice(Xml xml, String address) {
        var parts = address.split("[:.]", -1);
        xml.open("hostdev", "mode", "subsystem", "type", "pci", "managed", "yes")
                .open("source");
        xml.empty(
                "address",
                "domain",
                "0x" + parts[0],
                "bus",
                "0x" + parts[1],
                "slot",
                "0x" + parts[2],
                "function",
                "0x" + parts[3]);
        xml.close().close();
    }

    private static String list(List<Integer> numbers) {
        return numbers.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
    }
}
