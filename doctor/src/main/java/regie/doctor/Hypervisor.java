package regie.doctor;

import static regie.doctor.Row.Use.HOST;

import java.util.List;

/** The programs that run machines. The oldest that we know are those of Debian 12. */
final class Hypervisor {
    private Hypervisor() {}

    static List<Row> rows(Machine machine) {
        return List.of(
                program(machine, "libvirt", "libvirtd", "libvirt-daemon libvirt-daemon-driver-qemu", 9, 0),
                program(machine, "QEMU", "qemu-system-x86_64", "qemu-system-x86", 7, 2),
                program(machine, "qemu-img", "qemu-img", "qemu-utils", 7, 2));
    }

    private static Row program(Machine machine, String what, String program, String packages, int major, int minor) {
        var remedy = "apt-get install --no-install-recommends " + packages;
        if (machine.program(program).isEmpty()) return Row.missing(HOST, what, "no " + program, remedy);
        var said = machine.run(program, "--version");
        if (said.isEmpty() || !said.get().succeeded()) {
            var found = said.map(Machine.Said::line).orElse(program + " does not answer");
            return Row.missing(
                    HOST, what, found, "%s --version; apt-get install --reinstall %s".formatted(program, packages));
        }
        return judge(what, said.get().text(), major, minor);
    }

    /** @param said by the program, of itself */
    static Row judge(String what, String said, int major, int minor) {
        var version = Version.in(said);
        if (version.isEmpty()) {
            return Row.degraded(
                    HOST, what, "says no version: " + said.lines().findFirst().orElse(""), "reinstall its package");
        }
        if (version.get().isAtLeast(major, minor))
            return Row.ok(HOST, what, version.get().text());
        return Row.degraded(
                HOST,
                what,
                "%s is older than what Regie is tested with"
                        .formatted(version.get().text()),
                "%d.%d or newer, as in Debian 12".formatted(major, minor));
    }
}
