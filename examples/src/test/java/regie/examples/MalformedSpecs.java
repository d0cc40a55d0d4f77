package regie.examples;

import java.util.List;

/** Specs whose values can't be: each alone, and with each other. */
final class MalformedSpecs {
    private static final String SERVER = "kind: Server\nname: par1-h02\nspec:\n  site: par1\n";
    private static final String NETWORK = "kind: Network\nname: front\nspec:\n  site: par1\n";

    static final List<Malformed> ALL = List.of(
            new Malformed("no spec", """
                    kind: Site
                    name: ber1
                    """, """
                    estate.yaml:1:1: city is missing; expected text of 1 to 100 characters: city, such as Paris
                    estate.yaml:1:1: country is missing; expected text that matches [A-Z]{2}: country by its two letters (ISO 3166-1), such as FR
                    """),
            new Malformed("a spec that is a text", """
                    kind: Site
                    name: ber1
                    spec: Berlin
                    """, """
                    estate.yaml:3:1: spec is "Berlin"; expected a mapping of names to values
                    """),
            new Malformed("an unknown field, nearly right", """
                    kind: Site
                    name: ber1
                    spec: {country: DE, cities: Berlin, city: Berlin}
                    """, """
                    estate.yaml:3:21: cities is not known here; expected one of city, country, facility, roles, state
                    """),
            new Malformed("an unknown field, far off", """
                    kind: Rack
                    name: par1-r01
                    spec: {site: par1, colour: black}
                    """, """
                    estate.yaml:3:20: colour is not known here; expected one of feeds, room, site, units
                    """),
            new Malformed("an unknown field deep inside", SERVER + """
                      numa:
                        - {threads: 8, memoryMiB: 16384}
                        - {threads: 8, memoryMB: 16384}
                    """, """
                    estate.yaml:7:7: numa.1.memoryMiB is missing; expected a whole number from 1 to 67108864: memory in MiB
                    estate.yaml:7:20: numa.1.memoryMB is not known here; did you mean memoryMiB?
                    """),
            new Malformed("a word that is none of those expected", """
                    kind: Site
                    name: ber1
                    spec: {country: DE, city: Berlin, state: operationl, roles: [production, backup]}
                    """, """
                    estate.yaml:3:35: state is "operationl"; expected planned, operational, maintenance or retired; did you mean operational?
                    estate.yaml:3:74: roles.1 is "backup"; expected production, disaster-recovery, development, witness, office or legacy
                    """),
            new Malformed("a text that does not match", """
                    kind: Site
                    name: ber1
                    spec: {country: Germany, city: Berlin}
                    """, """
                    estate.yaml:3:8: country is "Germany"; expected text that matches [A-Z]{2}: country by its two letters (ISO 3166-1), such as FR
                    """),
            new Malformed("a country that YAML could take for no", """
                    kind: Site
                    name: osl1
                    spec: {country: no, city: Oslo}
                    """, """
                    estate.yaml:3:8: country is "no"; expected text that matches [A-Z]{2}: country by its two letters (ISO 3166-1), such as FR
                    """),
            new Malformed("a text too long", """
                    kind: Site
                    name: ber1
                    spec: {country: DE, city: %s}
                    """.formatted("Berlin".repeat(20)), """
                    estate.yaml:3:21: city is "BerlinBerlinBerlinBerlinBerlinBerlinBer…" (120 characters); expected text of 1 to 100 characters
                    """),
            new Malformed("an empty value", """
                    kind: Site
                    name: ber1
                    spec:
                      country: DE
                      city:
                    """, """
                    estate.yaml:5:3: city is empty; expected text of 1 to 100 characters
                    """),
            new Malformed("a number as text, and text as a number", """
                    kind: Rack
                    name: par1-r01
                    spec: {site: 1, units: "42"}
                    """, """
                    estate.yaml:3:8: site is 1; expected text (put it in quotes)
                    estate.yaml:3:17: units is "42"; expected a whole number from 1 to 100
                    """),
            new Malformed("half a unit", """
                    kind: Rack
                    name: par1-r01
                    spec: {site: par1, units: 41.5}
                    """, """
                    estate.yaml:3:20: units is 41.5; expected a whole number from 1 to 100
                    """),
            new Malformed("a number below its range", """
                    kind: Rack
                    name: par1-r01
                    spec: {site: par1, units: 0}
                    """, """
                    estate.yaml:3:20: units is 0; expected a whole number from 1 to 100
                    """),
            new Malformed("a number above its range", SERVER + """
                      numa: [{threads: 8, memoryMiB: 16384}]
                      nics: [{name: eno1, speedMbps: 1000, virtualFunctions: 4096}]
                    """, """
                    estate.yaml:6:40: nics.0.virtualFunctions is 4096; expected a whole number from 0 to 1024
                    """),
            new Malformed("a number of more than 64 bits", SERVER + """
                      numa: [{threads: 8, memoryMiB: 16384}]
                      reserve: {memoryMiB: 99999999999999999999}
                    """, """
                    estate.yaml:6:13: reserve.memoryMiB is 99999999999999999999; expected a whole number from 0 to 4294967296
                    """),
            new Malformed("a yes that is no true", """
                    kind: Fleet
                    name: web
                    spec:
                      count: -1
                      template: {flavor: micro, image: micro}
                      antiAffinity: {over: site, required: yes}
                    """, """
                    estate.yaml:4:3: count is -1; expected a whole number from 0 to 10000
                    estate.yaml:6:30: antiAffinity.required is "yes"; expected true or false
                    """),
            new Malformed("a mapping where a list is due", SERVER + """
                      numa: {threads: 8, memoryMiB: 16384}
                    """, """
                    estate.yaml:5:3: numa is {"threads":8,"memoryMiB":16384}; expected a list of 1 to 64 entries
                    """),
            new Malformed("a list with nothing in it", SERVER + """
                      numa: []
                    """, """
                    estate.yaml:5:3: numa is []; expected a list of 1 to 64 entries
                    """),
            new Malformed("a place in no rack", SERVER + """
                      position: 12
                      numa: [{threads: 8, memoryMiB: 16384}]
                    """, """
                    estate.yaml:5:3: position is 12; expected a rack beside it; add rack, or leave position out
                    """),
            new Malformed("a card on a node that is not there", SERVER + """
                      numa: [{threads: 8, memoryMiB: 16384}]
                      gpus: [{model: T4}, {model: T4, numaNode: 1}]
                    """, """
                    estate.yaml:6:35: gpus.1.numaNode is 1; expected a NUMA node that is listed; numa has 1, counted from 0
                    """),
            new Malformed("more held back than there is", SERVER + """
                      numa: [{threads: 8, memoryMiB: 16384}]
                      reserve: {vcpus: 9}
                    """, """
                    estate.yaml:6:13: reserve.vcpus is 9; expected at most the server's 8 threads
                    """),
            new Malformed("two disks of one name", SERVER + """
                      numa: [{threads: 8, memoryMiB: 16384}]
                      disks: [{name: sda, sizeGiB: 100}, {name: sda, sizeGiB: 100}]
                    """, """
                    estate.yaml:6:39: disks.1.name is sda; expected a name of its own in disks
                    """),
            new Malformed("a link with two ends in one", """
                    kind: Link
                    name: par1-par2
                    spec:
                      from: {site: par1, device: par1-edge1}
                      to: {outside: internet}
                      medium: fibre
                      capacityMbps: 10000
                    """, """
                    estate.yaml:4:3: from is site and device at once; expected exactly one of site, device and outside
                    """),
            new Malformed("a network that is no network", NETWORK + """
                      cidr: 10.77.1.1/24
                      gateway: 10.77.1.1
                      range: {first: 10.77.1.10, last: 10.77.1.200}
                    """, """
                    estate.yaml:5:3: cidr is 10.77.1.1/24; expected an IPv4 network by its first address and prefix length, such as 10.77.1.0/24
                    """),
            new Malformed("a gateway outside", NETWORK + """
                      cidr: 10.77.1.0/24
                      gateway: 10.77.2.1
                      range: {first: 10.77.1.10, last: 10.77.1.200}
                    """, """
                    estate.yaml:6:3: gateway is 10.77.2.1; expected an address for a machine inside 10.77.1.0/24
                    """),
            new Malformed("a range of addresses that runs backwards", NETWORK + """
                      cidr: 10.77.1.0/24
                      gateway: 10.77.1.1
                      range: {first: 10.77.1.200, last: 10.77.1.10}
                    """, """
                    estate.yaml:7:31: range.last is 10.77.1.10; expected an address not before the first, 10.77.1.200
                    """),
            new Malformed("more addresses than a network may give", NETWORK + """
                      cidr: 10.0.0.0/8
                      gateway: 10.0.0.1
                      range: {first: 10.1.0.0, last: 10.3.0.0}
                    """, """
                    estate.yaml:7:3: range is 131073 addresses; expected at most 65536
                    """));

    private MalformedSpecs() {}
}
