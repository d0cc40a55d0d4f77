package regie.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real machines say, and what broken ones say. */
class ParsersTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            libvirtd (libvirt) 9.0.0                                              | 9.0.0
            libvirtd (libvirt) 11.3.0                                             | 11.3.0
            QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)        | 7.2.22
            QEMU emulator version 10.0.2 (Debian 1:10.0.2+ds-2+deb13u1)           | 10.0.2
            qemu-img version 8.2.2 (Debian 1:8.2.2+ds-0ubuntu1.7)                 | 8.2.2
            nftables v1.0.6 (Lester Gooch #5)                                     | 1.0.6
            libvirtd: error while loading shared libraries: libxml2.so: not found | ''
            Illegal instruction                                                   | ''
            ''                                                                    | ''
            """)
    void versions(String said, String version) {
        assertThat(Version.in(said).map(Version::text).orElse("")).isEqualTo(version);
    }

    @Test
    void versionsHaveTheOrderOfNumbers() {
        assertThat(Hypervisor.judge("QEMU", "QEMU emulator version 10.0.2", 7, 2)
                        .state())
                .isEqualTo(Row.State.OK);
        var old = Hypervisor.judge("QEMU", "QEMU emulator version 6.2.0 (Debian 1:6.2+dfsg-2ubuntu6.22)", 7, 2);
        assertThat(old.state()).isEqualTo(Row.State.DEGRADED);
        assertThat(old.remedy()).contains("7.2");
        assertThat(Hypervisor.judge("QEMU", "Segmentation fault", 7, 2).found()).contains("Segmentation fault");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            flags\t\t: fpu vme de pse vmx est tm2 ssse3 | vmx
            flags\t\t: fpu vme svm hypervisor           | svm
            flags\t\t: fpu vme hypervisor lahf_lm svm_lock vmx_x | ''
            Features\t: fp asimd evtstrm aes            | ''
            vmx flags\t: vnmi preemption_timer          | ''
            ''                                          | ''
            """)
    void virtualisationFlags(String cpuinfo, String flag) {
        assertThat(Virtualisation.flag("processor\t: 0\n" + cpuinfo + "\nbugs\t: none"))
                .isEqualTo(flag.isEmpty() ? Optional.empty() : Optional.of(flag));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PRETTY_NAME="Debian GNU/Linux 12 (bookworm)";ID=debian          | OK       | Debian GNU/Linux 12 (bookworm)
            PRETTY_NAME="Ubuntu 24.04.1 LTS";ID=ubuntu;ID_LIKE=debian       | OK       | Ubuntu 24.04.1 LTS
            PRETTY_NAME="Linux Mint 22";ID=linuxmint;ID_LIKE="ubuntu debian"| OK       | Linux Mint 22
            NAME="Fedora Linux";ID=fedora;PRETTY_NAME='Fedora Linux 42'     | DEGRADED | Fedora Linux 42
            ID=alpine                                                       | DEGRADED | alpine
            <<<<<<< HEAD                                                    | DEGRADED | an unknown system
            """)
    void operatingSystems(String osRelease, Row.State state, String name) {
        var row = Platform.system(osRelease.replace(';', '\n'), "6.1.0-28-amd64");
        assertThat(row.state()).isEqualTo(state);
        assertThat(row.found()).isEqualTo(name + ", Linux 6.1.0-28-amd64");
    }

    @Test
    void roomHasNoDatabaseOfItsOwnOnAnotherProcessor() {
        assertThat(Platform.processor("processor\t: 0\nprocessor\t: 1\n", "aarch64")
                        .keepsRoomFromRunning())
                .isTrue();
        assertThat(Platform.processor("processor\t: 0\nmodel name\t: AMD EPYC\n", "amd64")
                        .found())
                .isEqualTo("amd64, 1 threads of AMD EPYC");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MemTotal: 24684084 kB;MemAvailable: 22318144 kB | OK
            MemTotal:  2014532 kB;MemAvailable:   950000 kB | DEGRADED
            MemTotal:   503632 kB;MemAvailable:   300000 kB | MISSING
            MemTotal: 24684084 kB;MemFree:      22318144 kB | DEGRADED
            MemTotal: lots                                  | DEGRADED
            """)
    void memory(String meminfo, Row.State state) {
        assertThat(Memory.memory(meminfo.replace(';', '\n')).state()).isEqualTo(state);
    }

    @Test
    void memoryOfNode() {
        assertThat(Memory.mebibytes("Node 1 MemTotal:       131072 kB\nNode 1 MemFree: 1 kB", "MemTotal"))
                .hasValue(128);
        assertThat(Memory.mebibytes("HighMemTotal: 1048576 kB", "MemTotal")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Max open files            1024                 1048576              files | OK
            Max open files            1024                 4096                 files | DEGRADED
            Max open files            256                  256                  files | MISSING
            Max open files            unlimited            unlimited            files | OK
            Max processes             unlimited            unlimited            processes | DEGRADED
            """)
    void openFiles(String limits, Row.State state) {
        assertThat(Platform.openFiles("Limit   Soft Limit   Hard Limit   Units\n" + limits)
                        .state())
                .isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"256, OK", "3754, OK", "2, DEGRADED", "'', DEGRADED", "x, DEGRADED"})
    void entropy(String available, Row.State state) {
        assertThat(Platform.entropy(available).state()).isEqualTo(state);
    }

    @Test
    void clock() {
        assertThat(Platform.clock(Optional.of(new KernelClock(true, 12_345))).found())
                .isEqualTo("kept right, at most 12.3 ms off");
        assertThat(Platform.clock(Optional.of(new KernelClock(false, 16_000_000)))
                        .state())
                .isEqualTo(Row.State.DEGRADED);
        assertThat(Platform.clock(Optional.empty()).state()).isEqualTo(Row.State.DEGRADED);
    }

    @Test
    void listenersOfPorts() {
        var sockets = """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 0100007F:1B9E 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0 100 0 0 10 0
                   1: 0100007F:1B9F 0100007F:EBFA 06 00000000:00000000 03:00000F05 00000000     0        0 0 3 0
                   2: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 0:0 00:0 0 0 0 99 1 0
                   3: broken
                """;
        assertThat(Ports.listener(sockets, 7070)).hasValue(4711);
        assertThat(Ports.listener(sockets, 7071))
                .as("a connection that ends listens no more")
                .isEmpty();
        assertThat(Ports.listener(sockets, 8080)).as("IPv6").hasValue(99);
        assertThat(Ports.listener("", 7070)).isEmpty();
    }

    @Test
    void usersOfSystem() {
        var passwd = "root:x:0:0:root:/root:/bin/bash\nregie-postgres2:x:9:9::/:/bin/false\n";
        assertThat(Postgres.isListed(passwd, Postgres.USER)).isFalse();
        assertThat(Postgres.isListed(
                        passwd + "regie-postgres:x:998:998::/nonexistent:/usr/sbin/nologin", Postgres.USER))
                .isTrue();
    }

    @Test
    void packages() {
        var table = "# group package witness\n\nbuild  git  git\nhypervisor qemu-utils  qemu-img\nbroken line\n";
        assertThat(Pins.parse(table))
                .containsExactly(
                        new Pins.Wanted("build", "git", "git"),
                        new Pins.Wanted("hypervisor", "qemu-utils", "qemu-img"));
    }

    @Test
    void otherJdkIsMissing() {
        assertThat(Tools.jdk(Runtime.Version.parse("25.0.3+9-LTS"), 25, "Eclipse Adoptium")
                        .state())
                .isEqualTo(Row.State.OK);
        assertThat(Tools.jdk(Runtime.Version.parse("21.0.8"), 25, "Debian").remedy())
                .contains("openjdk-25-jdk-headless");
    }

    @ParameterizedTest
    @CsvSource({"500, MISSING", "5000, DEGRADED", "50000, OK"})
    void disks(long freeMiB, Row.State state) {
        assertThat(Disks.judge("data folder", Path.of("/var/lib/regie"), freeMiB, 10_240)
                        .state())
                .isEqualTo(state);
    }
}
