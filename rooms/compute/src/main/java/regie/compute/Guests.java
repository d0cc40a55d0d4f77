package regie.compute;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.agent.contract.Artifact;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;
import regie.agent.contract.Guest.CloudInit;
import regie.agent.contract.Guest.Machine;
import regie.agent.contract.Guest.Nic;
import regie.agent.contract.Layout;

/** Writes what a host is told of a machine. Pure. */
final class Guests {
    private Guests() {}

    /** @param publicKey line in OpenSSH's format */
    record Content(List<Artifact> artifacts, String kernelArguments, Optional<String> publicKey) {}

    /** @param address with its prefix length, such as {@code 10.77.1.10/24} */
    record Connection(String mac, String bridge, String address, Optional<String> gateway, List<String> dnsServers) {
        String plainAddress() {
            return address.substring(0, address.indexOf('/'));
        }
    }

    static Guest write(
            UUID uid,
            String name,
            long epoch,
            InstanceSpec spec,
            Claim claim,
            Layout layout,
            Content content,
            Connection connection) {
        var machine = new Machine(
                claim,
                Optional.of(layout),
                content.artifacts(),
                content.kernelArguments(),
                List.of(new Nic(connection.mac(), connection.bridge())),
                cloudInit(uid, name, spec, content.publicKey(), connection));
        return new Guest(uid, name, epoch, power(spec), spec.reboots(), spec.builds(), machine);
    }

    /** The same guest under another power state or counters; what only a rebuild brings in stays as it was. */
    static Guest retold(Guest guest, InstanceSpec spec, int builds, Content content) {
        return again(guest, spec, guest.epoch(), guest.machine(), builds, content);
    }

    /** The same guest, to be started anew with another place; it is rebuilt where one more build is asked for. */
    static Guest restarted(
            Guest guest, InstanceSpec spec, long epoch, Claim claim, Layout layout, int builds, Content content) {
        return again(guest, spec, epoch, guest.machine().with(claim, layout), builds, content);
    }

    private static Guest again(Guest guest, InstanceSpec spec, long epoch, Machine next, int builds, Content content) {
        var machine = guest.builds() == builds
                ? next
                : new Machine(
                        next.claim(),
                        next.layout(),
                        content.artifacts(),
                        content.kernelArguments(),
                        next.nics(),
                        next.cloudInit());
        return new Guest(guest.uid(), guest.name(), epoch, power(spec), spec.reboots(), builds, machine);
    }

    private static Guest.Power power(InstanceSpec spec) {
        return switch (spec.power()) {
            case ON -> Guest.Power.ON;
            case OFF -> Guest.Power.OFF;
        };
    }

    private static CloudInit cloudInit(
            UUID uid, String name, InstanceSpec spec, Optional<String> publicKey, Connection connection) {
        var metaData = "instance-id: %s\nlocal-hostname: %s\n".formatted(uid, name)
                + publicKey.map("public-keys:\n  - %s\n"::formatted).orElse("");
        var userData = spec.userData()
                .orElseGet(() -> "#cloud-config\n"
                        + publicKey
                                .map("ssh_authorized_keys:\n  - %s\n"::formatted)
                                .orElse(""));
        return new CloudInit(metaData, userData, networkConfig(connection));
    }

    /** Version 2 of cloud-init's network configuration. */
    private static String networkConfig(Connection connection) {
        return """
                version: 2
                ethernets:
                  eth0:
                    match:
                      macaddress: "%s"
                    set-name: eth0
                    addresses:
                      - %s
                """.formatted(connection.mac(), connection.address())
                + connection.gateway().map("    gateway4: %s\n"::formatted).orElse("")
                + (connection.dnsServers().isEmpty()
                        ? ""
                        : connection.dnsServers().stream()
                                .collect(Collectors.joining(", ", "    nameservers:\n      addresses: [", "]\n")));
    }
}
