package regie.engine.libvirt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Who executes the guests' instructions on this machine: its CPU, or QEMU one by one.
 *
 * @param reason for people
 */
public record Acceleration(Kind kind, String reason) {
    public enum Kind {
        KVM,
        EMULATION
    }

    private static final Pattern VIRTUALISATION = Pattern.compile("^flags\\s*:.*\\b(vmx|svm)\\b", Pattern.MULTILINE);

    /**
     * Looks at the CPU's flags besides {@code /dev/kvm}: with paravirtual KVM, as nested hosts have it, the device is there
     * and makes virtual machines, and libvirt offers it, but an ordinary kernel hangs on it in its first instructions.
     */
    public static Acceleration detect() {
        return detect(Path.of("/dev/kvm"), Path.of("/proc/cpuinfo"));
    }

    static Acceleration detect(Path device, Path cpuInfo) {
        if (!Files.exists(device)) return new Acceleration(Kind.EMULATION, "there is no " + device);
        if (!Files.isReadable(device) || !Files.isWritable(device)) {
            return new Acceleration(Kind.EMULATION, "%s may not be opened by this user".formatted(device));
        }
        try {
            if (VIRTUALISATION.matcher(Files.readString(cpuInfo)).find()) {
                return new Acceleration(Kind.KVM, "%s, and the CPU has what it takes".formatted(device));
            }
            return new Acceleration(
                    Kind.EMULATION,
                    "%s is there, but the CPU shows neither vmx nor svm: it can't run ordinary guests"
                            .formatted(device));
        } catch (IOException trouble) {
            return new Acceleration(Kind.EMULATION, "%s can't be read: %s".formatted(cpuInfo, trouble.getMessage()));
        }
    }

    /**
     * The proof: whether {@code kernel} comes as far as missing its disk on {@code /dev/kvm} within {@code seconds}. Takes
     * less than 2 s where it does.
     *
     * @param kernel a Linux kernel that QEMU boots directly, such as that of the micro image
     */
    public static boolean boots(Path kernel, long seconds) {
        try {
            // Without a file system the kernel panics, at once asks for a reset, and QEMU ends in its place.
            Command.run(
                    seconds,
                    List.of(
                            "qemu-system-x86_64",
                            "-accel",
                            "kvm",
                            "-cpu",
                            "host",
                            "-m",
                            "256",
                            "-machine",
                            "q35",
                            "-nodefaults",
                            "-no-user-config",
                            "-display",
                            "none",
                            "-no-reboot",
                            "-kernel",
                            kernel.toString(),
                            "-append",
                            "panic=-1"));
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
