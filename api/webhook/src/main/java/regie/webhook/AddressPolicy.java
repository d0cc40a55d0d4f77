package regie.webhook;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where webhooks may go: to public addresses, and to the networks that the settings allow. Whoever may declare a webhook could else
 * have the room knock at doors that are closed to him. The tables are IANA's registries of special-purpose addresses.
 */
final class AddressPolicy {
    private static final Map<Network, String> NOT_PUBLIC = notPublic();
    /** All that is given out of IPv6; what is not in here is local, multicast, mapped, translated or not given out. */
    private static final Network GLOBAL_IPV6 = Network.of("2000::/3");

    private final List<Network> allowed;

    AddressPolicy(List<Network> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /** What sort of address it is, where nothing may be sent to it; empty where that may be. */
    Optional<String> refusal(InetAddress address) {
        if (allowed.stream().anyMatch(network -> network.contains(address))) return Optional.empty();
        var known = NOT_PUBLIC.entrySet().stream()
                .filter(entry -> entry.getKey().contains(address))
                .map(Map.Entry::getValue)
                .findFirst();
        if (known.isPresent()) return known;
        boolean ipv6 = address.getAddress().length == 16;
        return ipv6 && !GLOBAL_IPV6.contains(address) ? Optional.of("an address that is not public") : Optional.empty();
    }

    private static Map<Network, String> notPublic() {
        var table = new LinkedHashMap<Network, String>();
        put(table, "the address of no host", "0.0.0.0/8", "::/128");
        put(table, "a loopback address", "127.0.0.0/8", "::1/128");
        put(table, "a private address", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10");
        put(table, "a link-local address", "169.254.0.0/16", "fe80::/10"); // clouds keep their metadata there
        put(table, "the metadata address of a cloud", "168.63.129.16/32");
        put(table, "a provider's inner address", "100.64.0.0/10", "192.0.0.0/24", "198.18.0.0/15");
        put(table, "an address for documentation", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24");
        put(table, "an address for documentation", "2001:db8::/32", "3fff::/20");
        put(table, "a multicast address", "224.0.0.0/4", "ff00::/8");
        put(table, "a reserved address", "240.0.0.0/4", "2001::/23");
        // They hold an IPv4 address that would have to be looked through too; nobody needs them any more.
        put(table, "an address of a tunnel", "192.88.99.0/24", "2002::/16", "64:ff9b::/96", "64:ff9b:1::/48");
        return table;
    }

    private static void put(Map<Network, String> table, String what, String... networks) {
        for (var network : networks) table.put(Network.of(network), what);
    }
}
