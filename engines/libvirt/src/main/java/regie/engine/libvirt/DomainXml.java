package regie.engine.libvirt;

import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import regie.agent.contract.Guest;

/**
 * Writes a guest as libvirt wants it (see "Domain XML format" in libvirt's documentation). Pure.
 *
 * <p>All devices sit on the PCI Express root bus itself. libvirt would give each a port of its own, and a USB controller
 * besides: that costs an emulated boot 0.3 s, and would pay only where devices are plugged into a running guest.
 */
final class DomainXml {
    /** QEMU would take 1 GiB for translated code; from 32 MiB on it is no faster. */
    private static final int TRANSLATION_CACHE_MIB = 32;

    /** What the guest's own disk is called in its description: it comes first. */
    static final String OWN_DISK = "vda";

    private final Xml xml = new Xml();
    private final Guest guest;
    private final Acceleration.Kind acceleration;
    private final Tuning tuning;
    private int slot = 1;
    private char disk = 'a';

    private DomainXml(Guest guest, Acceleration.Kind acceleration, Tuning tuning) {
        this.tuning = tuning;
        this.guest = guest;
        this.acceleration = acceleration;
    }

    /** Name of a guest's domain: by its uid, for names are unique only within a project. */
    static String name(UUID guest) {
        return "regie-" + guest;
    }

    /** @throws IllegalArgumentException where a text of the guest holds a character that XML can't carry */
    static String write(Guest guest, GuestTag tag, GuestFiles files, Acceleration.Kind acceleration, Tuning tuning) {
        return new DomainXml(guest, acceleration, tuning).domain(tag, files);
    }

    private String domain(GuestTag tag, GuestFiles files) {
        boolean kvm = acceleration == Acceleration.Kind.KVM;
        xml.open("domain", "type", kvm ? "kvm" : "qemu");
        xml.text("name", name(guest.uid()));
        xml.text("uuid", guest.uid().toString());
        xml.text("title", guest.name());
        xml.open("metadata").raw(tag.xml()).close();
        xml.text("memory", Long.toString(guest.claim().memoryMiB()), "unit", "MiB");
        tuning.memory(xml);
        tuning.vcpus(xml, guest.claim().vcpus());
        boot(files);
        xml.open("features").empty("acpi").empty("apic");
        if (!kvm) {
            xml.open("tcg")
                    .text("tb-cache", Integer.toString(TRANSLATION_CACHE_MIB), "unit", "MiB")
                    .close();
        }
        xml.close();
        // All the emulator can do: new distributions refuse to run on less than x86-64-v2.
        var cpu = kvm ? "host-passthrough" : "maximum";
        if (tuning.split()) {
            xml.open("cpu", "mode", cpu);
            tuning.cells(xml);
            xml.close();
        } else {
            xml.empty("cpu", "mode", cpu);
        }
        xml.empty("clock", "offset", "utc");
        xml.text("on_poweroff", "destroy").text("on_reboot", "restart").text("on_crash", "destroy");
        xml.open("devices");
        devices(files);
        return xml.close().close().toString();
    }

    private void boot(GuestFiles files) {
        xml.open("os").text("type", "hvm", "arch", "x86_64", "machine", "q35");
        if (files.kernel().isPresent() && files.initrd().isPresent()) {
            xml.text("kernel", files.kernel().get().toString());
            xml.text("initrd", files.initrd().get().toString());
            xml.text("cmdline", guest.machine().kernelArguments());
        } else {
            xml.empty("boot", "dev", "hd");
            if (files.cdrom().isPresent()) xml.empty("boot", "dev", "cdrom");
        }
        xml.close();
    }

    private void devices(GuestFiles files) {
        xml.empty("controller", "type", "usb", "model", "none");
        files.disk().ifPresent(path -> disk(path, "qcow2", false));
        disk(files.seed(), "raw", true);
        files.cdrom().ifPresent(this::cdrom);
        guest.machine().nics().forEach(this::nic);
        tuning.devices(xml);
        xml.open("serial", "type", "unix");
        xml.empty("source", "mode", "bind", "path", files.consoleSocket().toString());
        xml.empty("log", "file", files.consoleLog().toString(), "append", "on");
        xml.empty("target", "port", "0").close();
        xml.empty("memballoon", "model", "none");
        xml.open("rng", "model", "virtio").text("backend", "/dev/urandom", "model", "random");
        address();
        xml.close();
    }

    private void disk(Path file, String format, boolean readOnly) {
        xml.open("disk", "type", "file", "device", "disk");
        xml.empty("driver", "name", "qemu", "type", format, "discard", "unmap");
        xml.empty("source", "file", file.toString());
        xml.empty("target", "dev", "vd" + disk++, "bus", "virtio");
        if (readOnly) xml.empty("readonly");
        address();
        xml.close();
    }

    private void cdrom(Path file) {
        xml.open("disk", "type", "file", "device", "cdrom");
        xml.empty("driver", "name", "qemu", "type", "raw");
        xml.empty("source", "file", file.toString());
        xml.empty("target", "dev", "sda", "bus", "sata");
        xml.empty("readonly").close();
    }

    private void nic(Guest.Nic nic) {
        xml.open("interface", "type", "bridge");
        xml.empty("source", "bridge", nic.bridge());
        xml.empty("mac", "address", nic.mac().toLowerCase(Locale.ROOT));
        xml.empty("model", "type", "virtio");
        xml.empty("rom", "enabled", "no");
        tuning.bandwidth(xml, guest.machine().nics().size());
        address();
        xml.close();
    }

    /** The next slot of the root bus; slot 31 is the chip set's own. */
    private void address() {
        if (++slot > 30)
            throw new IllegalArgumentException("guest %s has more devices than a bus".formatted(guest.uid()));
        xml.empty("address", "type", "pci", "domain", "0", "bus", "0", "slot", Integer.toString(slot), "function", "0");
    }
}
