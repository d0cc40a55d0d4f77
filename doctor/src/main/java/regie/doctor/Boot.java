package regie.doctor;

import static regie.doctor.Row.Use.HOST;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The proof beyond any doubt: QEMU boots a kernel that has nothing to start, and so ends by itself. A processor's flags can
 * lie either way, a kernel that came up can't.
 */
final class Boot {
    private static final long KVM_SECONDS_MAX = 8;
    private static final long EMULATED_SECONDS_MAX = 40;

    private Boot() {}

    /** @param cache where ./regie keeps what it made */
    static List<Row> rows(Machine machine, Path cache) {
        var kernel = kernel(cache.resolve("micro"));
        if (kernel.isEmpty()) {
            return List.of(Row.degraded(
                    HOST, "boot", "no kernel to boot: the micro image is not built yet", "images/micro/build"));
        }
        return List.of(
                boot(machine, "kvm", KVM_SECONDS_MAX, kernel.get()),
                boot(machine, "tcg", EMULATED_SECONDS_MAX, kernel.get()));
    }

    private static Optional<Path> kernel(Path images) {
        try (var folders = Files.list(images)) {
            return folders.filter(folder -> Files.exists(folder.resolve("manifest.json")))
                    .max(Comparator.naturalOrder())
                    .map(folder -> folder.resolve("kernel"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Row boot(Machine machine, String accelerator, long secondsMax, Path kernel) {
        var what = "boot under " + accelerator.toUpperCase(java.util.Locale.ROOT);
        if (accelerator.equals("kvm") && !Virtualisation.opens(machine)) {
            return Row.missing(HOST, what, "no /dev/kvm to open", "see virtualisation");
        }
        var arguments = List.of(
                "-accel",
                accelerator,
                "-machine",
                "q35",
                "-m",
                "256",
                "-nodefaults",
                "-no-user-config",
                "-no-reboot",
                "-display",
                "none",
                "-serial",
                "stdio",
                "-kernel",
                kernel.toString(),
                "-append",
                "console=ttyS0 panic=-1 quiet");
        var said = machine.run("", secondsMax, "qemu-system-x86_64", arguments);
        if (said.isEmpty()) {
            return Row.missing(
                    HOST,
                    what,
                    "the kernel hangs, or there is no QEMU",
                    "see virtualisation; hosts here use emulation");
        }
        // It panics for want of a root disk: that is as far as it can come.
        if (said.get().succeeded() && said.get().text().contains("Kernel panic"))
            return Row.ok(HOST, what, "a kernel came up");
        return Row.missing(HOST, what, said.get().line(), "see virtualisation");
    }
}
