package regie.compute;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.kernel.Check;
import regie.kernel.Declared;
import regie.kernel.Resources;
import regie.kernel.Selection;
import regie.kernel.Status;
import regie.kernel.Tx;
import regie.network.Address;
import regie.network.Addresses;
import regie.network.NetworkSpec;
import regie.network.Networks;

/** Connects machines to the network of their site: of several, to the first by name that has an address left. */
final class Connections {
    private final Resources resources;
    private final Addresses addresses;

    Connections(Resources resources) {
        this.resources = resources;
        this.addresses = new Addresses(resources);
    }

    /** How many addresses each site, by name, has left. */
    Map<String, Integer> free(Tx tx) {
        var networks = resources.list(tx, Networks.KIND, Selection.ALL);
        var free = addresses.free(tx, networks);
        return networks.stream()
                .collect(Collectors.toMap(
                        network -> network.spec().site(),
                        network -> Check.present(free.get(network.uid())),
                        Integer::sum));
    }

    /** Gives each of {@code instances} an address at {@code site}; there have to be enough, see {@link #free}. */
    Map<UUID, Guests.Connection> take(Tx tx, String site, List<UUID> instances) {
        var connected = new HashMap<UUID, Guests.Connection>();
        for (var network : networks(tx, site)) {
            var lacking = instances.stream()
                    .filter(uid -> !connected.containsKey(uid))
                    .toList();
            addresses
                    .take(tx, network.uid(), lacking)
                    .forEach((uid, address) -> connected.put(uid, connection(network.spec(), address)));
        }
        Check.that(
                connected.size() == instances.size(), "site " + site + " has an address for each machine placed there");
        return connected;
    }

    /** What the keys have is now the values'. */
    void handOver(Tx tx, Map<UUID, UUID> heirs) {
        addresses.handOver(tx, heirs);
    }

    void release(Tx tx, Collection<UUID> instances) {
        addresses.release(tx, instances);
    }

    private List<Declared<NetworkSpec, Status.None>> networks(Tx tx, String site) {
        return resources.list(tx, Networks.KIND, Selection.ALL).stream()
                .filter(network -> network.spec().site().equals(site) && !network.deleting())
                .sorted(Comparator.comparing(Declared::name))
                .toList();
    }

    private static Guests.Connection connection(NetworkSpec network, Address address) {
        return new Guests.Connection(
                address.mac(),
                network.bridge(),
                address.ip() + "/" + network.prefixLength(),
                Optional.of(network.gateway()),
                network.dnsServers());
    }
}
