package regie.estate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A small estate without any sense or order: circles of feeds, cables across sites, servers on nothing at all. */
final class RandomEstate {
    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private final List<String> sites = new ArrayList<>();
    private final List<String> feeds = new ArrayList<>();
    private final List<String> racks = new ArrayList<>();
    private final List<String> devices = new ArrayList<>();
    private final List<String> servers = new ArrayList<>();

    private RandomEstate(long seed) {
        random = new Random(seed);
    }

    record Made(Estate estate, List<Group> groups) {}

    static Made of(long seed) {
        return new RandomEstate(seed).made();
    }

    private Made made() {
        for (int at = 1 + random.nextInt(3); at > 0; at--) site("s" + at);
        for (int at = random.nextInt(7); at > 0; at--) feeds.add("f" + at);
        for (var feed : feeds) document("Feed", feed, "capacityWatts: 100, upstream: " + some(feeds, 3, 2));
        for (int at = random.nextInt(5); at > 0; at--) rack("r" + at);
        for (int at = random.nextInt(7); at > 0; at--) devices.add("d" + at);
        for (var device : devices)
            document(
                    "Device",
                    device,
                    "role: %s%s%s"
                            .formatted(one(List.of("router", "firewall", "switch", "storage")), inRack(), supplies()));
        for (int at = 1 + random.nextInt(8); at > 0; at--) servers.add("h" + at);
        servers.forEach(this::server);
        for (int at = random.nextInt(9); at > 0; at--) link("l" + at);
        return new Made(Drawn.estate(text.toString()), groups());
    }

    private void site(String name) {
        sites.add(name);
        text.append("kind: Site\nname: %s\nspec: {country: FR, city: Paris}\n---\n".formatted(name));
    }

    private void rack(String name) {
        racks.add(name);
        document("Rack", name, (random.nextBoolean() ? "room: cage, " : "") + "feeds: " + some(feeds, 2, 1));
    }

    private void server(String name) {
        var nics = new ArrayList<String>();
        for (int at = random.nextInt(3); at > 0; at--) {
            var device = devices.isEmpty() || random.nextInt(4) == 0 ? "" : ", device: " + one(devices);
            nics.add("{name: eth%d, speedMbps: 1000%s}".formatted(at, device));
        }
        var disk = devices.isEmpty() || random.nextInt(4) > 0
                ? ""
                : ", disks: [{name: a, sizeGiB: 1, device: %s}]".formatted(one(devices));
        var part = random.nextInt(5) > 0 ? "" : ", controlRoom: [program]";
        document(
                "Server",
                name,
                "numa: [{threads: 8, memoryMiB: 1024}], nics: %s%s%s%s%s"
                        .formatted(nics, disk, part, inRack(), supplies()));
    }

    private void link(String name) {
        var from = random.nextBoolean() && !devices.isEmpty()
                ? "{device: %s}".formatted(one(devices))
                : "{site: %s}".formatted(one(sites));
        var to = switch (random.nextInt(4)) {
            case 0 -> "{outside: %s}".formatted(one(List.of("internet", "exchange")));
            case 1 -> "{site: %s}".formatted(one(sites));
            default -> devices.isEmpty() ? "{outside: internet}" : "{device: %s}".formatted(one(devices));
        };
        if (from.equals(to)) return;
        var carrier = random.nextBoolean() ? "" : ", carrier: " + one(List.of("Cogent", "Telia"));
        text.append("kind: Link\nname: %s\nspec: {from: %s, to: %s, medium: fibre, capacityMbps: 10%s}\n---\n"
                .formatted(name, from, to, carrier));
    }

    private List<Group> groups() {
        var groups = new ArrayList<>(SinglePoints.groups(Drawn.estate(text.toString())));
        for (int at = random.nextInt(4); at > 0; at--) {
            var members = new ArrayList<String>();
            for (int member = 1 + random.nextInt(3); member > 0; member--) members.add(one(servers));
            var survives = random.nextInt(3) == 0 ? Set.of(Element.Kind.RACK) : Set.<Element.Kind>of();
            groups.add(new Group(Group.Sort.FLEET, "g" + at, members, Optional.empty(), survives));
        }
        return groups;
    }

    private void document(String kind, String name, String fields) {
        text.append("kind: %s\nname: %s\nspec: {site: %s, %s}\n---\n".formatted(kind, name, one(sites), fields));
    }

    private String inRack() {
        return racks.isEmpty() || random.nextInt(3) == 0 ? "" : ", rack: " + one(racks);
    }

    private String supplies() {
        var on = some(feeds, 3, 2).stream()
                .map(feed -> "{feed: %s, watts: 1}".formatted(feed))
                .toList();
        return on.isEmpty() ? "" : ", powerSupplies: " + on;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private List<String> some(List<String> of, int bound, int oftenNone) {
        var some = new ArrayList<String>();
        if (of.isEmpty() || random.nextInt(1 + oftenNone) == 0) return some;
        for (int at = random.nextInt(bound); at > 0; at--) some.add(one(of));
        return some;
    }
}
