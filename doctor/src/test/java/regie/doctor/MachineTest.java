package regie.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines laid out as folders: what stands in their files is what a kernel writes there. */
class MachineTest {
    @TempDir
    private Path root = Path.of("");

    private Machine machine = new Machine(root, true);

    @BeforeEach
    void layOut() {
        machine = new Machine(root, true);
    }

    @Test
    void physicalServerHasKvm() throws IOException {
        file("/proc/cpuinfo", "flags\t\t: fpu vmx");
        file("/dev/kvm", "");
        file("/sys/module/kvm_intel/parameters/nested", "Y\n");
        Files.createDirectories(root.resolve("sys/class/iommu/dmar0"));
        Files.createDirectories(root.resolve("sys/kernel/iommu_groups/0"));
        Files.createDirectories(root.resolve("sys/kernel/iommu_groups/1"));
        assertThat(states(Virtualisation.rows(machine))).isEqualTo("virtualisation OK, nested OK, IOMMU OK");
        assertThat(Virtualisation.rows(machine).get(2).found()).isEqualTo("dmar0; 2 groups");
    }

    @Test
    void paravirtualKvmIsSaidToBeUnusable() throws IOException {
        file("/proc/cpuinfo", "flags\t\t: fpu hypervisor");
        file("/dev/kvm", "");
        var row = Virtualisation.rows(machine).getFirst();
        assertThat(row.state()).isEqualTo(Row.State.DEGRADED);
        assertThat(row.found()).contains("emulation", "paravirtual");
    }

    @Test
    void moduleThatIsNotLoadedIsNamed() throws IOException {
        file("/proc/cpuinfo", "flags\t\t: fpu svm");
        assertThat(Virtualisation.rows(machine).getFirst().remedy()).startsWith("modprobe kvm_amd");
    }

    @Test
    void emptyMachineIsBorne() {
        assertThat(states(Virtualisation.rows(machine)))
                .isEqualTo("virtualisation DEGRADED, nested MISSING, IOMMU MISSING");
        assertThat(states(Memory.rows(machine))).isEqualTo("memory DEGRADED, huge pages MISSING, NUMA DEGRADED");
        assertThat(states(Hypervisor.rows(machine))).isEqualTo("libvirt MISSING, QEMU MISSING, qemu-img MISSING");
        assertThat(Networking.rows(machine))
                .allMatch(
                        row -> row.state() == Row.State.MISSING && !row.remedy().isEmpty());
    }

    @Test
    void hugePagesAndNodes() throws IOException {
        var pages = "/sys/kernel/mm/hugepages/hugepages-";
        file(pages + "2048kB/nr_hugepages", "512\n");
        file(pages + "2048kB/free_hugepages", "500\n");
        file(pages + "1048576kB/nr_hugepages", "broken\n");
        file("/sys/devices/system/node/node0/cpulist", "0-7\n");
        file("/sys/devices/system/node/node0/meminfo", "Node 0 MemTotal:  16777216 kB\n");
        file("/sys/devices/system/node/node1/cpulist", "\n");
        file("/sys/devices/system/node/online", "0-1\n");
        var rows = Memory.rows(machine);
        assertThat(rows.get(1).found()).isEqualTo("1 GiB: 0 of 0 free; 2 MiB: 500 of 512 free");
        assertThat(rows.get(2).found()).isEqualTo("node0: CPUs 0-7, 16384 MiB; node1: CPUs none, 0 MiB");
    }

    @Test
    void nicsWithVirtualFunctions() throws IOException {
        file("/sys/class/net/ens1f0/device/sriov_totalvfs", "64\n");
        file("/sys/class/net/ens1f0/device/sriov_numvfs", "8\n");
        file("/sys/class/net/eno1/device/vendor", "0x8086\n");
        file("/sys/class/net/lo/mtu", "65536\n");
        var row = Networking.rows(machine).getLast();
        assertThat(row.found()).isEqualTo("ens1f0: 8 of 64 functions made");
    }

    @Test
    void controlGroups() throws IOException {
        file("/sys/fs/cgroup/cgroup.controllers", "cpuset cpu io memory pids\n");
        assertThat(Platform.rows(machine).getLast().found()).isEqualTo("version 2: cpuset cpu io memory pids");
    }

    @Test
    void programThatBreaksIsShownWithItsWords() throws IOException {
        program("/usr/sbin/libvirtd", "echo 'libvirtd: symbol lookup error'; exit 127");
        program("/usr/bin/qemu-system-x86_64", "echo 'QEMU emulator version 10.0.2 (Debian)'");
        var rows = Hypervisor.rows(machine);
        assertThat(states(rows)).isEqualTo("libvirt MISSING, QEMU OK, qemu-img MISSING");
        assertThat(rows.getFirst().found()).isEqualTo("libvirtd: symbol lookup error");
    }

    @Test
    void programThatHangsIsEnded() throws IOException {
        program("/usr/bin/slow", "exec sleep 60");
        assertThat(machine.run("", 1, "slow", List.of())).isEmpty();
    }

    @Test
    void withoutKernelNothingIsBooted() {
        var rows = Boot.rows(machine, root.resolve("cache"));
        assertThat(states(rows)).isEqualTo("boot DEGRADED");
        assertThat(rows.getFirst().remedy()).isEqualTo("images/micro/build");
    }

    @Test
    void portIsTakenByNamedProcess() throws IOException {
        file("/proc/net/tcp", "0: 0100007F:1B9E 00000000:0000 0A 0:0 00:0 0 0 0 4711 1 0\n");
        file("/proc/31/cmdline", "nginx\0-g\0daemon off;\0");
        Files.createDirectories(root.resolve("proc/31/fd"));
        Files.createSymbolicLink(root.resolve("proc/31/fd/6"), Path.of("socket:[4711]"));
        var rows = Ports.rows(machine);
        assertThat(states(rows)).isEqualTo("port 7070 DEGRADED, port 7071 OK");
        assertThat(rows.getFirst().found()).startsWith("taken by process 31: nginx -g");
        file("/proc/31/cmdline", "java\0-cp\0x\0regie.server.Main\0");
        assertThat(Ports.rows(machine).getFirst().found()).isEqualTo("a control room that runs already");
    }

    @Test
    void packagesAreKnownByTheirWitness() throws IOException {
        file("/tree/script/packages.txt", """
                build       git       git
                hypervisor  driver    /usr/lib/*/libvirt/driver.so
                hypervisor  dnsmasq   dnsmasq
                """);
        program("/usr/bin/git", "exit 0");
        file("/usr/lib/x86_64-linux-gnu/libvirt/driver.so", "");
        var rows = Tools.rows(machine, new Pins(root.resolve("tree")), root.resolve("cache"));
        assertThat(rows.get(2)).isEqualTo(Row.ok(Row.Use.ROOM, "packages: build", "all 1"));
        assertThat(rows.get(3).found()).isEqualTo("without dnsmasq");
    }

    @Test
    void halfUnpackedPostgresIsMissing() throws IOException {
        var pins = new Pins(root.resolve("tree"));
        file("/tree/pom.xml", "<postgresql-binaries.version>18.6.0</postgresql-binaries.version>");
        assertThat(Postgres.rows(machine, pins).getFirst().found()).isEqualTo("18.6, unpacked by the first start");
        file("/var/cache/regie/postgresql-18.6/README", "");
        assertThat(Postgres.rows(machine, pins).getFirst().keepsRoomFromRunning())
                .isTrue();
        file("/var/cache/regie/postgresql-18.6/bin/postgres", "");
        assertThat(Postgres.rows(machine, pins).getFirst().state()).isEqualTo(Row.State.OK);
    }

    private static String states(List<Row> rows) {
        return rows.stream().map(row -> row.what() + " " + row.state()).collect(Collectors.joining(", "));
    }

    private void file(String path, String text) throws IOException {
        var file = machine.path(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void program(String path, String line) throws IOException {
        file(path, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(machine.path(path), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
