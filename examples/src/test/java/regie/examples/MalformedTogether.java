package regie.examples;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** References to what is not there, and several problems at once. */
final class MalformedTogether {
    static final List<Malformed> ALL = List.of(
            new Malformed("a reference to nothing", """
                    kind: Rack
                    name: par2-r01
                    spec:
                      site: par2
                    """, """
                    estate.yaml:4:3: rack/par2-r01: site names site/par2, which does not exist; did you mean par1?
                    """),
            new Malformed("references to nothing, in several places", """
                    kind: Server
                    name: par1-h[02-20]
                    spec:
                      site: par1
                      rack: par1-r01
                      numa: [{threads: 8, memoryMiB: 16384}]
                      nics:
                        - {name: eno1, speedMbps: 1000, device: par1-sw1}
                      powerSupplies:
                        - {feed: par1-a, watts: 700}
                    ---
                    kind: Network
                    name: front
                    spec:
                      site: fra1
                      cidr: 10.77.1.0/24
                      gateway: 10.77.1.1
                      range: {first: 10.77.1.10, last: 10.77.1.200}
                    """, """
                    estate.yaml:5:3: server/par1-h02: rack names rack/par1-r01, which does not exist
                    estate.yaml:8:37: server/par1-h02: nics.0.device names device/par1-sw1, which does not exist
                    estate.yaml:10:8: server/par1-h02: powerSupplies.0.feed names feed/par1-a, which does not exist
                    estate.yaml:15:3: network/front: site names site/fra1, which does not exist
                    """),
            new Malformed("a change that would refer to nothing", """
                    kind: Server
                    name: par1-h01
                    spec:
                      site: par1
                      rack: gone
                      numa: [{threads: 8, memoryMiB: 16384}]
                    """, """
                    estate.yaml:5:3: server/par1-h01: rack names rack/gone, which does not exist
                    """),
            new Malformed("a keypair of another project", """
                    kind: Flavor
                    name: small
                    spec: {vcpus: 1, memoryMiB: 512}
                    ---
                    kind: Image
                    name: debian
                    spec: {boot: disk}
                    ---
                    kind: Keypair
                    name: mine
                    project: blog
                    spec: {publicKey: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGkXm9Qe5GvXg8kq0e4o1r4cFyk3i1mC1m7m4y2mJx0P}
                    ---
                    kind: Fleet
                    name: web
                    project: shop
                    spec:
                      count: 3
                      template: {flavor: small, image: debian, keypair: mine}
                    """, """
                    estate.yaml:19:44: shop/fleet/web: template.keypair names shop/keypair/mine, which does not exist
                    """),
            new Malformed("several problems in several documents", """
                    kind: Site
                    name: Berlin
                    labels: {year: 2026}
                    spec: {country: Germany, city: Berlin, state: open}
                    ---
                    kind: Rak
                    name: ber1-r01
                    ---
                    kind: Rack
                    name: ber1-r[02-01]
                    spec: {site: ber1}
                    ---
                    kind: Server
                    name: ber1-h01
                    spec: {site: ber1, numa: [{threads: 0}], hypervisor: vmware}
                    """, """
                    estate.yaml:2:1: name is "Berlin"; expected 1 to 63 lower-case letters, digits, and dashes and dots between them
                    estate.yaml:3:10: labels.year is 2026; expected text (put it in quotes)
                    estate.yaml:4:8: country is "Germany"; expected text that matches [A-Z]{2}: country by its two letters (ISO 3166-1), such as FR
                    estate.yaml:4:40: state is "open"; expected planned, operational, maintenance or retired
                    estate.yaml:6:1: there is no kind Rak; did you mean Rack?
                    estate.yaml:10:1: name is ber1-r[02-01]; expected a range that runs upward: [01-02]
                    estate.yaml:15:27: numa.0.memoryMiB is missing; expected a whole number from 1 to 67108864: memory in MiB
                    estate.yaml:15:28: numa.0.threads is 0; expected a whole number from 1 to 1024
                    estate.yaml:15:42: hypervisor is "vmware"; expected none, libvirt or simulated
                    """),
            new Malformed("one document good, one bad: neither is applied", """
                    kind: Site
                    name: ber1
                    spec: {country: DE, city: Berlin}
                    ---
                    kind: Rack
                    name: ber1-r01
                    spec: {site: ber2}
                    """, """
                    estate.yaml:7:8: rack/ber1-r01: site names site/ber2, which does not exist; did you mean ber1?
                    """),
            new Malformed("more problems than anybody reads", incomplete(130), missing(100)));

    private MalformedTogether() {}

    private static String incomplete(int count) {
        return IntStream.range(0, count)
                .mapToObj(at -> "---\nkind: Site\nname: s%d\nspec: {country: DE}\n".formatted(at))
                .collect(Collectors.joining());
    }

    private static String missing(int shown) {
        var lines = IntStream.range(0, shown)
                .mapToObj(at ->
                        "estate.yaml:%d:1: city is missing; expected text of 1 to 100 characters: city, such as Paris\n"
                                .formatted(4 * at + 4))
                .collect(Collectors.joining());
        return lines + "estate.yaml:%d:1: and 30 more from here on".formatted(4 * shown + 4);
    }
}
