package regie.engine.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;

class DomainXmlTest {
    private static final Path FOLDER = Path.of("/var/lib/regie/guests/1");

    @Test
    void guestWithAKernelIsWrittenWhole() {
        assertThat(write(Guests.machine("quiet a=\"b\""), true, false, Acceleration.Kind.EMULATION)
                        .replaceAll(">(<[^/])", ">\n$1"))
                .isEqualTo("""
                        <domain type='qemu'>
                        <name>regie-0198c5a0-0000-7000-8000-000000000001</name>
                        <uuid>0198c5a0-0000-7000-8000-000000000001</uuid>
                        <title>web-1</title>
                        <metadata>
                        <regie:guest xmlns:regie='urn:regie:guest:1' epoch='1' power='ON' reboots='0' builds='0' stage='STARTING'/></metadata>
                        <memory unit='MiB'>128</memory>
                        <vcpu>2</vcpu>
                        <os>
                        <type arch='x86_64' machine='q35'>hvm</type>
                        <kernel>/cache/kernel</kernel>
                        <initrd>/cache/initrd</initrd>
                        <cmdline>quiet a=&quot;b&quot;</cmdline></os>
                        <features>
                        <acpi/>
                        <apic/>
                        <tcg>
                        <tb-cache unit='MiB'>32</tb-cache></tcg></features>
                        <cpu mode='maximum'/>
                        <clock offset='utc'/>
                        <on_poweroff>destroy</on_poweroff>
                        <on_reboot>restart</on_reboot>
                        <on_crash>destroy</on_crash>
                        <devices>
                        <controller type='usb' model='none'/>
                        <disk type='file' device='disk'>
                        <driver name='qemu' type='qcow2' discard='unmap'/>
                        <source file='/var/lib/regie/guests/1/disk.qcow2'/>
                        <target dev='vda' bus='virtio'/>
                        <address type='pci' domain='0' bus='0' slot='2' function='0'/></disk>
                        <disk type='file' device='disk'>
                        <driver name='qemu' type='raw' discard='unmap'/>
                        <source file='/var/lib/regie/guests/1/seed.iso'/>
                        <target dev='vdb' bus='virtio'/>
                        <readonly/>
                        <address type='pci' domain='0' bus='0' slot='3' function='0'/></disk>
                        <interface type='bridge'>
                        <source bridge='br0'/>
                        <mac address='52:54:00:ab:00:01'/>
                        <model type='virtio'/>
                        <rom enabled='no'/>
                        <address type='pci' domain='0' bus='0' slot='4' function='0'/></interface>
                        <serial type='unix'>
                        <source mode='bind' path='/var/lib/regie/guests/1/console.sock'/>
                        <log file='/var/lib/regie/guests/1/console.log' append='on'/>
                        <target port='0'/></serial>
                        <memballoon model='none'/>
                        <rng model='virtio'>
                        <backend model='random'>/dev/urandom</backend>
                        <address type='pci' domain='0' bus='0' slot='5' function='0'/></rng></devices></domain>""");
    }

    @Test
    void guestWithADiskBootsFromIt() {
        assertThat(write(Guests.machine(""), false, false, Acceleration.Kind.EMULATION))
                .contains("machine='q35'>hvm</type><boot dev='hd'/></os>")
                .doesNotContain("<kernel>");
    }

    @Test
    void guestWithACdromBootsFromItWhileItsDiskIsBlank() {
        assertThat(write(Guests.machine(""), false, true, Acceleration.Kind.EMULATION))
                .contains("<boot dev='hd'/><boot dev='cdrom'/></os>")
                .contains("device='cdrom'")
                .contains("<source file='/cache/cdrom'/>");
    }

    @Test
    void acceleratedGuestHasTheHostsCpu() {
        assertThat(write(Guests.machine(""), false, false, Acceleration.Kind.KVM))
                .startsWith("<domain type='kvm'>")
                .contains("<cpu mode='host-passthrough'/>")
                .doesNotContain("tb-cache");
    }

    @Test
    void moreDevicesThanABusHasSlotsAreRefused() {
        var nics = Collections.nCopies(30, new Guest.Nic("52:54:00:00:00:01", "br0"));
        var machine = new Guest.Machine(new Claim(1, 128, 1), List.of(), "", nics, Guests.CLOUD_INIT);
        assertThatThrownBy(() -> write(machine, false, false, Acceleration.Kind.EMULATION))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Guests.UID.toString());
    }

    private static String write(Guest.Machine machine, boolean kernel, boolean cdrom, Acceleration.Kind acceleration) {
        var guest = Guests.guest(machine);
        var files = new GuestFiles(
                kernel ? Optional.of(Path.of("/cache/kernel")) : Optional.empty(),
                kernel ? Optional.of(Path.of("/cache/initrd")) : Optional.empty(),
                Optional.empty(),
                Optional.of(FOLDER.resolve("disk.qcow2")),
                cdrom ? Optional.of(Path.of("/cache/cdrom")) : Optional.empty(),
                FOLDER.resolve("seed.iso"),
                FOLDER.resolve("console.sock"),
                FOLDER.resolve("console.log"));
        return DomainXml.write(
                guest, GuestTag.of(guest, GuestTag.Stage.STARTING), files, acceleration, Tuning.none(guest));
    }
}
