package regie.doctor;

import static regie.doctor.Row.Use.HOST;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import regie.doctor.Machine.Said;

/** Namespaces, the kinds of links a host makes, packet filter, NICs. Links are made for real, in a namespace that vanishes. */
final class Networking {
    private static final long TRY_SECONDS_MAX = 10;

    private final Machine machine;

    private Networking(Machine machine) {
        this.machine = machine;
    }

    static List<Row> rows(Machine machine) {
        var networking = new Networking(machine);
        return List.of(
                networking.namespaces(),
                networking.link("bridge", "bridge", "link add name probe0 type bridge\n"),
                networking.link("VLAN", "8021q", """
                        link add name probe0 type bridge
                        link add link probe0 name probe1 type vlan id 5
                        """),
                networking.link(
                        "VXLAN", "vxlan", "link add name probe0 type vxlan id 5 dstport 4789 local 127.0.0.1\n"),
                networking.tap(),
                networking.filter(),
                networking.virtualFunctions());
    }

    private Row namespaces() {
        var tried = apart(
                "", List.of("--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--"), "true", List.of());
        var what = "namespaces";
        if (tried.isEmpty()) return Row.missing(HOST, what, "no unshare", "apt-get install util-linux");
        if (!tried.get().succeeded()) {
            var remedy = machine.isRoot()
                    ? "a kernel with CONFIG_NET_NS and CONFIG_PID_NS; in a container, run it with CAP_SYS_ADMIN"
                    : "run it as root";
            return Row.missing(HOST, what, tried.get().line(), remedy);
        }
        if (machine.isRoot()) return Row.ok(HOST, what, "network, mount, PID");
        return Row.degraded(
                HOST,
                what,
                "network, mount, PID, within a user namespace",
                "run hosts as root, for bridges to the outside");
    }

    /** @param commands for {@code ip -batch} */
    private Row link(String what, String module, String commands) {
        if (machine.program("ip").isEmpty()) return Row.missing(HOST, what, "no ip", "apt-get install iproute2");
        var tried = apart(commands, List.of("--"), "ip", List.of("-batch", "-"));
        if (tried.isPresent() && tried.get().succeeded()) return Row.ok(HOST, what, "made one");
        var found = tried.map(Said::line).orElse("could not be tried");
        return Row.missing(
                HOST, what, found, "modprobe %s; where there is no such module, another kernel".formatted(module));
    }

    private Row tap() {
        if (machine.has("/dev/net/tun")) return Row.ok(HOST, "TAP", "/dev/net/tun");
        return Row.missing(HOST, "TAP", "no /dev/net/tun", "modprobe tun; in a container, pass the device on");
    }

    private Row filter() {
        var said = machine.run("nft", "--version");
        if (said.isEmpty()) return Row.missing(HOST, "nftables", "no nft", "apt-get install nftables");
        var version = Version.in(said.get().text())
                .map(Version::text)
                .orElse(said.get().line());
        var tried = apart("", List.of("--"), "nft", List.of("list", "ruleset"));
        if (tried.isPresent() && tried.get().succeeded()) return Row.ok(HOST, "nftables", version);
        return Row.degraded(
                HOST,
                "nftables",
                "%s, but the kernel says: %s"
                        .formatted(version, tried.map(Said::line).orElse("nothing")),
                "modprobe nf_tables; where there is no such module, another kernel");
    }

    private Row virtualFunctions() {
        var capable = new ArrayList<String>();
        var others = new ArrayList<String>();
        for (var nic : machine.names("/sys/class/net")) {
            var device = "/sys/class/net/" + nic + "/device";
            if (!machine.has(device)) continue;
            var total = machine.text(device + "/sriov_totalvfs").filter(text -> text.matches("[1-9]\\d*"));
            var used = machine.text(device + "/sriov_numvfs").orElse("0");
            if (total.isPresent()) {
                capable.add("%s: %s of %s functions made".formatted(nic, used, total.get()));
            } else {
                others.add(nic);
            }
        }
        if (!capable.isEmpty()) return Row.ok(HOST, "SR-IOV", String.join("; ", capable));
        return Row.missing(
                HOST,
                "SR-IOV",
                others.isEmpty() ? "no NIC" : "none of " + String.join(", ", others),
                "a NIC that has it, with SR-IOV switched on in the firmware");
    }

    /** Runs {@code program} in a network namespace of its own; not root, it needs a user namespace around it. */
    private Optional<Said> apart(String input, List<String> options, String program, List<String> arguments) {
        var file = machine.program(program);
        if (file.isEmpty()) return Optional.empty();
        var user = machine.isRoot() ? List.<String>of() : List.of("--user", "--map-root-user");
        var all = Stream.of(user, List.of("--net"), options, List.of(file.get().toString()), arguments)
                .flatMap(List::stream)
                .toList();
        return machine.run(input, TRY_SECONDS_MAX, "unshare", all);
    }
}
