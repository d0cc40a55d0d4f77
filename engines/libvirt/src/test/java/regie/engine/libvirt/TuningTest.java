package regie.engine.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;
import regie.agent.contract.Layout;
import regie.agent.contract.Layout.Cell;
import regie.agent.contract.Layout.Cpu;
import regie.agent.contract.NumaNode;

class TuningTest {
    private static final List<NumaNode> NODES =
            List.of(new NumaNode(0, List.of(0, 1, 2, 3), 8192), new NumaNode(1, List.of(4, 5, 6, 7), 8192));

    @TempDir
    Path folder;

    private static Guest guest(Layout layout) {
        int threads = layout.cells().stream().mapToInt(Cell::threads).sum();
        long memory = layout.cells().stream().mapToLong(Cell::memoryMiB).sum();
        var inside = new Guest.Machine(
                new Claim(threads, memory, 0), Optional.of(layout), List.of(), "", List.of(), Guests.CLOUD_INIT);
        return new Guest(UUID.randomUUID(), "web-1", 1, Guest.Power.ON, 0, 0, inside);
    }

    private static Guest guest(Cpu cpu, Cell... cells) {
        return guest(new Layout(cpu, 0, List.of(cells), "", List.of(), 0));
    }

    private GuestStore store() throws Exception {
        return new GuestStore(folder, _ -> folder, NODES);
    }

    private static String xml(Guest guest, Tuning tuning) {
        var files = new GuestFiles(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Path.of("/seed"),
                Path.of("/tty"),
                Path.of("/log"));
        return DomainXml.write(guest, GuestTag.of(guest, GuestTag.Stage.STARTING), files, Acceleration.Kind.KVM, tuning)
                .replace("><", ">\n<");
    }

    @Test
    void dedicatedThreadsAreTheNodesOwnAndStayOverTheAgentsLife() throws Exception {
        var first = guest(Cpu.DEDICATED, new Cell(1, 2, 1024));
        var second = guest(Cpu.DEDICATED, new Cell(1, 2, 1024));
        var store = store();
        assertThat(store.tuning(first).pin().threads()).containsExactly(7, 6);
        assertThat(store.tuning(second).pin().threads()).containsExactly(5, 4);
        assertThatThrownBy(() -> store.tuning(guest(Cpu.DEDICATED, new Cell(1, 1, 128))))
                .isInstanceOf(LibvirtError.class)
                .hasMessage("NUMA node 1 has 0 threads left and 1 are wanted");
        store.remove(first.uid());
        assertThat(store().tuning(second).pin().threads()).containsExactly(5, 4);
        assertThat(store().tuning(guest(Cpu.SHARED, new Cell(1, 1, 128))).shared())
                .containsExactly(6, 7);
        assertThat(Files.readString(folder.resolve("pins"))).contains(second.uid() + " threads=5,4");
    }

    @Test
    void splitDedicatedGuestSeesItsNodesAndIsBoundToThem() throws Exception {
        var guest = guest(
                new Layout(Cpu.DEDICATED, 2, List.of(new Cell(0, 2, 1024), new Cell(1, 2, 1024)), "", List.of(), 0));
        assertThat(xml(guest, store().tuning(guest))).contains("""
                <memoryBacking>
                <hugepages>
                <page size='2' unit='MiB'/>
                </hugepages>
                </memoryBacking>
                <vcpu>4</vcpu>
                <cputune>
                <vcpupin vcpu='0' cpuset='3'/>
                <vcpupin vcpu='1' cpuset='2'/>
                <vcpupin vcpu='2' cpuset='7'/>
                <vcpupin vcpu='3' cpuset='6'/>
                <emulatorpin cpuset='2,3,6,7'/>
                </cputune>
                <numatune>
                <memory mode='strict' nodeset='0,1'/>
                <memnode cellid='0' mode='strict' nodeset='0'/>
                <memnode cellid='1' mode='strict' nodeset='1'/>
                </numatune>
                """).contains("""
                <numa>
                <cell id='0' cpus='0-1' memory='1024' unit='MiB'/>
                <cell id='1' cpus='2-3' memory='1024' unit='MiB'/>
                </numa>
                """);
    }

    @Test
    void devicesAreHandedOutOnceAndByTheirAddress() throws Exception {
        var cards = new Layout.Devices(Layout.Sort.GPU, "A100", 0, 1, List.of("0000:41:00.0", "0000:42:00.0"));
        var function = new Layout.Devices(Layout.Sort.VIRTUAL_FUNCTION, "eno1", 0, 1, List.of("0000:81:10.2"));
        var layout = new Layout(Cpu.SHARED, 0, List.of(new Cell(0, 1, 128)), "", List.of(cards, function), 0);
        var guest = guest(layout);
        var store = store();
        assertThat(store.tuning(guest).pin().cards()).containsExactly("0000:41:00.0");
        var other = guest(new Layout(Cpu.SHARED, 0, List.of(new Cell(0, 1, 128)), "", List.of(cards), 0));
        assertThat(store.tuning(other).pin().cards()).containsExactly("0000:42:00.0");
        assertThatThrownBy(() -> store.tuning(guest(layout))).hasMessage("0 of A100 are left and 1 are wanted");
        assertThat(xml(guest, store.tuning(guest))).contains("""
                <hostdev mode='subsystem' type='pci' managed='yes'>
                <source>
                <address domain='0x0000' bus='0x41' slot='0x00' function='0x0'/>
                </source>
                </hostdev>
                <hostdev mode='subsystem' type='pci' managed='yes'>
                <source>
                <address domain='0x0000' bus='0x81' slot='0x10' function='0x2'/>
                </source>
                </hostdev>
                """);
    }

    /** Cards can't be handed over here, but libvirt's own schema says whether the description is one. */
    @Test
    void libvirtTakesTheDescription() throws Exception {
        var virsh = Path.of("/usr/bin/virsh");
        assumeTrue(Files.isExecutable(virsh), "libvirt-clients is not installed");
        var devices = List.of(new Layout.Devices(Layout.Sort.GPU, "A100", 0, 1, List.of("0000:41:00.0")));
        var inside = new Guest.Machine(
                new Claim(2, 2048, 0),
                Optional.of(new Layout(
                        Cpu.DEDICATED, 2, List.of(new Cell(0, 1, 1024), new Cell(1, 1, 1024)), "", devices, 500)),
                List.of(),
                "",
                List.of(new Guest.Nic("52:54:00:00:00:01", "br0")),
                Guests.CLOUD_INIT);
        var guest = new Guest(UUID.randomUUID(), "web-1", 1, Guest.Power.ON, 0, 0, inside);
        var file = folder.resolve("domain.xml");
        Files.writeString(file, xml(guest, store().tuning(guest)).replace("<domain type='kvm'", "<domain type='test'"));
        var process = new ProcessBuilder(
                        virsh.toString(), "-c", "test:///default", "define", "--validate", file.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    void nodesAreReadAsTheKernelTellsThem() throws Exception {
        for (int node = 0; node < 2; node++) {
            var told = Files.createDirectories(folder.resolve("node" + node));
            Files.writeString(told.resolve("cpulist"), node == 0 ? "0-1,4\n" : "2-3\n");
            Files.writeString(told.resolve("meminfo"), "Node 0 MemTotal:       16777216 kB\nNode 0 MemFree: 1 kB\n");
        }
        Files.createDirectories(folder.resolve("power"));
        assertThat(Topology.read(folder))
                .containsExactly(new NumaNode(0, List.of(0, 1, 4), 16384), new NumaNode(1, List.of(2, 3), 16384));
        assertThat(Topology.threads("")).isEmpty();
    }
}
