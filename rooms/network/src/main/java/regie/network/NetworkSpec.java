package regie.network;

import inet.ipaddr.ipv4.IPv4Address;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import regie.kernel.About;
import regie.kernel.BadField;
import regie.kernel.Spec;

/** A network of a site, and the addresses in it that guests are given. IPv4. */
public record NetworkSpec(
        @About("name of the site it belongs to") String site,

        @Size(max = 18) @About("the network with the length of its prefix, such as 10.77.1.0/24")
        String cidr,

        @Size(max = 15) @About("address of its router, which no guest is given")
        String gateway,

        @About("the addresses that guests are given, at most 65536")
        Range range,

        @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9_.-]{0,14}")
        @About(value = "name of the bridge on every host of the site", otherwise = "\"br0\"")
        String bridge,

        @Size(max = 3) @About(value = "addresses of the DNS servers that guests are told", otherwise = "[]")
        List<String> dnsServers)
        implements Spec {
    static final int ADDRESSES_MAX = 65_536;

    /** Both ends included. */
    public record Range(
            @Size(max = 15) @About("first address, such as 10.77.1.10")
            String first,

            @Size(max = 15) @About("last address, such as 10.77.1.200")
            String last) {}

    public NetworkSpec {
        dnsServers = List.copyOf(dnsServers);
        var block = Ipv4.network("cidr", cidr);
        host("gateway", gateway, block, cidr);
        long first = host("range.first", range.first(), block, cidr).longValue();
        long last = host("range.last", range.last(), block, cidr).longValue();
        BadField.unless(first <= last, "range.last", range.last(), "an address not before the first, " + range.first());
        long size = last - first + 1;
        BadField.unless(size <= ADDRESSES_MAX, "range", size + " addresses", "at most " + ADDRESSES_MAX);
        for (int at = 0; at < dnsServers.size(); at++) Ipv4.address("dnsServers." + at, dnsServers.get(at));
    }

    @Override
    public List<Reference> references() {
        return List.of(new Reference("site", "Site", site));
    }

    /** Length of the network's prefix in bits, such as 24. */
    public int prefixLength() {
        return Ipv4.prefixLength(Ipv4.network("cidr", cidr));
    }

    private static IPv4Address host(String field, String text, IPv4Address block, String cidr) {
        var address = Ipv4.address(field, text);
        BadField.unless(Ipv4.isHost(address, block), field, text, "an address for a machine inside " + cidr);
        return address;
    }
}
