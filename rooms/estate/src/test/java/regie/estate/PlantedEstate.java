package regie.estate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * An estate in which nothing is a single point of failure but what was planted, and things that only look like one. Each plant stands
 * at a site of its own, which is otherwise sound: two feeds from two panels, two routers with two carriers in two rooms, two switches
 * on both routers, and three servers on both of everything. What a plant makes of which element is known by how it is built.
 */
final class PlantedEstate {
    private final Random random;
    private final int wanted;
    private final StringBuilder text = new StringBuilder();
    private final List<Group> groups = new ArrayList<>();
    private final Set<String> planted = new TreeSet<>();
    private boolean program;
    private boolean database;
    private String site = "";
    private int sites;

    private PlantedEstate(long seed, int wanted) {
        this.random = new Random(seed);
        this.wanted = wanted;
    }

    /** @param planted the elements that are single points of failure, and no others */
    record Made(Estate estate, List<Group> groups, Set<String> planted) {}

    static Made of(long seed, int wanted) {
        return new PlantedEstate(seed, wanted).made();
    }

    private Made made() {
        while (planted.size() < wanted) plant(random.nextInt(20), wanted - planted.size());
        for (int at = 0; at < 5; at++) decoy(at);
        return new Made(Drawn.estate(text.toString()), groups, planted);
    }

    /** Where a plant would make more than {@code most}, a small one is taken instead. */
    private void plant(int sort, int most) {
        if (most < 5 && sort >= 10) return;
        site = "s%02d".formatted(++sites);
        switch (sort) {
            case 0 -> oneSupply();
            case 1 -> oneFeedToTheRack();
            case 2 -> commonUpstream();
            case 3 -> deviceWithOneSupply();
            case 4 -> onePort();
            case 5 -> oneCarrier();
            case 6 -> arrayBesideItsServer();
            case 7 -> fleet("site/" + site, "-h1", "-h3");
            case 8 -> service();
            case 9 -> oneSupply();
            case 10 -> chainOfFeeds();
            case 11 -> oneUplink();
            case 12 -> oneLink();
            case 13 -> arrayInAnotherRack();
            case 14 -> fleetOnOneHost();
            case 15 -> fleetInOneRack();
            case 16 -> fleetInOneRoom();
            case 17 -> bothRoutersInOneRack();
            case 18 -> fleetBehindOneFeed();
            default -> controlRoom();
        }
    }

    private void found(String... elements) {
        for (var element : elements) planted.add(element.replace("*", site));
    }

    private void oneSupply() {
        sound();
        feed("x", "");
        server("one", "r2", "sw1 sw2", "x");
        found("feed/*-x");
    }

    private void oneFeedToTheRack() {
        sound();
        feed("x", "");
        document("Rack", "r4", "feeds: [*-x]");
        server("one", "r4", "sw1 sw2", "");
        found("feed/*-x");
    }

    private void commonUpstream() {
        sound();
        feed("ups", "");
        feed("x", "*-ups");
        feed("y", "*-ups");
        server("one", "r2", "sw1 sw2", "x y");
        found("feed/*-ups");
    }

    private void deviceWithOneSupply() {
        sound();
        feed("x", "");
        document("Device", "sw3", "role: switch, powerSupplies: [{feed: *-x, watts: 1}]");
        cable("sw3-edge1", "sw3", "edge1");
        cable("sw3-edge2", "sw3", "edge2");
        found("feed/*-x");
    }

    private void onePort() {
        sound();
        server("one", "r1", "sw1", "a b");
        found("device/*-sw1");
    }

    private void oneCarrier() {
        site("r3", "carrier: C-*", "carrier: C-*");
        found("carrier/C-*");
    }

    private void arrayBesideItsServer() {
        sound();
        document("Device", "array", "role: storage, rack: *-r2");
        serverWith("one", "r2", ", disks: [{name: a, sizeGiB: 1, device: *-array}]");
        found("device/*-array");
    }

    private void service() {
        sound();
        text.append("""
                kind: Server
                name: *-db[1-2]
                labels: {service: service-*}
                spec: {site: *, rack: *-r$1, numa: [{threads: 1, memoryMiB: 1}], hypervisor: none}
                ---
                kind: Server
                name: *-db3
                labels: {service: service-*}
                spec: {site: *, rack: *-r3, numa: [{threads: 1, memoryMiB: 1}], hypervisor: none}
                ---
                """.replace("*", site));
        found("site/*");
    }

    private void chainOfFeeds() {
        sound();
        feed("top", "");
        feed("mid", "*-top");
        feed("x", "*-mid");
        server("one", "r2", "sw1 sw2", "x");
        found("feed/*-top", "feed/*-mid", "feed/*-x");
    }

    private void oneUplink() {
        sound();
        document("Device", "sw3", "role: switch, rack: *-r2");
        cable("up", "sw3", "edge1");
        server("one", "r2", "sw3", "a b");
        found("device/*-sw3", "link/*-up", "device/*-edge1", "rack/*-r1");
    }

    private void oneLink() {
        site("r3", "carrier: A-*", "");
        found("link/*-out1", "carrier/A-*", "device/*-edge1", "rack/*-r1", "room/*/one");
    }

    private void arrayInAnotherRack() {
        sound();
        document("Device", "array", "role: storage, rack: *-r2");
        serverWith("one", "r1", ", disks: [{name: a, sizeGiB: 1, device: *-array}]");
        found("device/*-array", "rack/*-r2");
    }

    private void fleetOnOneHost() {
        fleet("server/*-h1 rack/*-r1 room/*/one site/*", "-h1", "-h1", "-h1");
    }

    private void fleetInOneRack() {
        fleet("rack/*-r1 room/*/one site/*", "-h1", "-h4");
    }

    private void fleetInOneRoom() {
        fleet("room/*/one site/*", "-h1", "-h2", "-h4");
    }

    private void bothRoutersInOneRack() {
        site("r1", "carrier: A-*", "carrier: B-*");
        found("rack/*-r1", "room/*/one");
    }

    private void fleetBehindOneFeed() {
        feed("x", "");
        fleet("feed/*-x site/*", "-one", "-two");
        server("one", "r1", "sw1 sw2", "x");
        server("two", "r3", "sw1 sw2", "x");
    }

    private void controlRoom() {
        sound();
        if (!program) {
            serverWith("room", "r1", ", controlRoom: [program]");
            found("server/*-room", "rack/*-r1", "room/*/one", "site/*");
            program = true;
        } else if (!database) {
            serverWith("db1", "r1", ", controlRoom: [database]");
            serverWith("db2", "r1", ", controlRoom: [database]");
            found("rack/*-r1", "room/*/one", "site/*");
            database = true;
        }
    }

    private void fleet(String elements, String... servers) {
        sound();
        serverWith("h4", "r1", "");
        groups.add(group(Group.Sort.FLEET, Set.of(), servers));
        found(elements.split(" ", -1));
    }

    private Group group(Group.Sort sort, Set<Element.Kind> survives, String... servers) {
        var members = java.util.Arrays.stream(servers).map(name -> site + name).toList();
        return new Group(sort, "shop/" + site + groups.size(), members, Optional.empty(), survives);
    }

    /** What must not be found. */
    private void decoy(int sort) {
        site = "s%02d".formatted(++sites);
        sound();
        switch (sort) {
            case 0 -> groups.add(group(Group.Sort.FLEET, Set.of(), "-h1")); // one member claims no redundancy
            case 1 -> groups.add(group(Group.Sort.FLEET, Set.of(Element.Kind.values()), "-h1", "-h1")); // survives all
            case 2 ->
                document(
                        "Server",
                        "bare",
                        "rack: *-r2, numa: [{threads: 1, memoryMiB: 1}]"); // hangs on the rack's two feeds
            case 3 -> { // draws from both panels, so neither darkens it
                feed("x", "*-in1, *-in2");
                feed("y", "*-in1, *-in2");
                server("one", "r2", "sw1 sw2", "x y");
            }
            default -> { // a circle that was never live is nobody's loss
                feed("x", "*-y");
                feed("y", "*-x");
                server("one", "r2", "sw1 sw2", "x");
            }
        }
    }

    private void sound() {
        if (!text.toString().contains("name: " + site + "\n")) site("r3", "carrier: A-*", "carrier: B-*");
    }

    /** The routers stand in r1 and in {@code rack}; the links out are the carriers {@code first} and {@code second}, where one is named. */
    private void site(String rack, String first, String second) {
        text.append("""
                kind: Site
                name: *
                spec: {country: FR, city: Paris}
                ---
                kind: Feed
                name: *-in[1-2]
                spec: {site: *, capacityWatts: 1}
                ---
                kind: Feed
                name: *-a
                spec: {site: *, capacityWatts: 1, upstream: [*-in1]}
                ---
                kind: Feed
                name: *-b
                spec: {site: *, capacityWatts: 1, upstream: [*-in2]}
                ---
                kind: Rack
                name: *-r[1-2]
                spec: {site: *, room: one, feeds: [*-a, *-b]}
                ---
                kind: Rack
                name: *-r3
                spec: {site: *, room: two, feeds: [*-a, *-b]}
                ---
                kind: Device
                name: *-edge1
                spec: {site: *, role: router, rack: *-r1}
                ---
                kind: Device
                name: *-edge2
                spec: {site: *, role: router, rack: *-%s, powerSupplies: [{feed: *-a, watts: 1}, {feed: *-b, watts: 1}]}
                ---
                kind: Device
                name: *-sw1
                spec: {site: *, role: switch, rack: *-r1}
                ---
                kind: Device
                name: *-sw2
                spec: {site: *, role: switch, rack: *-r3}
                ---
                """.formatted(rack).replace("*", site));
        for (var sw : List.of("sw1", "sw2"))
            for (var edge : List.of("edge1", "edge2")) cable(sw + "-" + edge, sw, edge);
        out("out1", "edge1", first);
        if (!second.isEmpty()) out("out2", "edge2", second);
        for (int at = 1; at <= 3; at++) server("h" + at, "r" + at, "sw1 sw2", "a b");
    }

    private void feed(String name, String upstream) {
        document("Feed", name, "capacityWatts: 1, upstream: [%s]".formatted(upstream));
    }

    private void cable(String name, String from, String to) {
        text.append(
                "kind: Link\nname: *-%s\nspec: {from: {device: *-%s}, to: {device: *-%s}, medium: copper, capacityMbps: 10}\n---\n"
                        .formatted(name, from, to)
                        .replace("*", site));
    }

    private void out(String name, String from, String carrier) {
        text.append(
                "kind: Link\nname: *-%s\nspec: {from: {device: *-%s}, to: {outside: internet}, medium: transit, capacityMbps: 10, %s}\n---\n"
                        .formatted(name, from, carrier)
                        .replace("*", site));
    }

    private void serverWith(String name, String rack, String more) {
        document(
                "Server",
                name,
                "rack: *-%s, numa: [{threads: 1, memoryMiB: 1}]%s%s%s"
                        .formatted(rack, ports("sw1 sw2"), supplies("a b"), more));
    }

    private void server(String name, String rack, String switches, String feeds) {
        document(
                "Server",
                name,
                "rack: *-%s, numa: [{threads: 1, memoryMiB: 1}]%s%s".formatted(rack, ports(switches), supplies(feeds)));
    }

    private static String ports(String words) {
        var ports = new ArrayList<String>();
        for (var each : words.split(" ", -1))
            ports.add("{name: eth%d, speedMbps: 1000, device: *-%s}".formatted(ports.size(), each));
        return ", nics: " + ports;
    }

    private static String supplies(String feeds) {
        if (feeds.isEmpty()) return "";
        var supplies = new ArrayList<String>();
        for (var feed : feeds.split(" ", -1)) supplies.add("{feed: *-%s, watts: 1}".formatted(feed));
        return ", powerSupplies: " + supplies;
    }

    private void document(String kind, String name, String fields) {
        text.append("kind: %s\nname: *-%s\nspec: {site: *, %s}\n---\n"
                .formatted(kind, name, fields)
                .replace("*", site));
    }
}
