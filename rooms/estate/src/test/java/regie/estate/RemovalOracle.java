package regie.estate;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds single points of failure the long way: takes each thing out of the declarations, draws all that is left anew with names and
 * sets alone, and looks who is missing. Shares nothing with the graph that it judges but the declarations.
 */
final class RemovalOracle {
    private final Estate estate;
    private final List<Group> groups;

    RemovalOracle(Estate estate, List<Group> groups) {
        this.estate = estate;
        this.groups = groups;
    }

    /** By thing: what its loss hits that does not stand in it; things that hit nothing are left out. */
    Map<String, Set<String>> all() {
        var out = outs("");
        var all = new HashMap<String, Set<String>>();
        for (var thing : things()) {
            var hits = new TreeSet<String>();
            outs(thing).forEach((machine, how) -> {
                if (!how.equals("GONE") && !how.equals(out.get(machine))) hits.add(machine + " " + how);
            });
            var missing = outs(thing).keySet();
            for (var group : groups) {
                boolean everybody = group.servers().stream().allMatch(name -> missing.contains("server/" + name));
                boolean already = group.servers().stream().allMatch(name -> out.containsKey("server/" + name));
                boolean alone = group.servers().size() < 2 && group.sort() != Group.Sort.CONTROL_ROOM;
                boolean survives = group.survives().stream().anyMatch(kind -> thing.startsWith(kind.word() + "/"));
                if (everybody && !already && !alone && !survives)
                    hits.add(group.sort().word() + "/" + group.name() + " NOBODY_LEFT");
            }
            if (!hits.isEmpty()) all.put(thing, hits);
        }
        return all;
    }

    private Set<String> things() {
        var things = new TreeSet<String>();
        estate.sites().keySet().forEach(name -> things.add("site/" + name));
        estate.racks().forEach((name, rack) -> {
            things.add("rack/" + name);
            rack.room().ifPresent(room -> things.add("room/" + rack.site() + "/" + room));
        });
        estate.feeds().keySet().forEach(name -> things.add("feed/" + name));
        estate.devices().keySet().forEach(name -> things.add("device/" + name));
        estate.servers().keySet().forEach(name -> things.add("server/" + name));
        estate.links().forEach((name, link) -> {
            things.add("link/" + name);
            carrier(link).ifPresent(carrier -> things.add("carrier/" + carrier));
        });
        return things;
    }

    private static java.util.Optional<String> carrier(LinkSpec link) {
        if (link.carrier().isPresent()) return link.carrier();
        return link.from().outside().isPresent()
                ? link.from().outside()
                : link.to().outside();
    }

    /** Who gives no service with {@code thing} taken away, and how: GONE with it, DARK, DISKLESS or CUT_OFF. */
    private Map<String, String> outs(String thing) {
        var out = new HashMap<String, String>();
        var live = liveFeeds(thing);
        estate.devices().forEach((name, device) -> {
            if (gone(thing, "device/" + name, device.site(), device.rack().orElse("")))
                out.put("device/" + name, "GONE");
            else if (!powered(live, device.powerSupplies(), device.rack().orElse("")))
                out.put("device/" + name, "DARK");
        });
        var roads = roads(thing, out.keySet());
        estate.servers().forEach((name, server) -> {
            var key = "server/" + name;
            if (gone(thing, key, server.site(), server.rack().orElse(""))) out.put(key, "GONE");
            else if (!powered(live, server.powerSupplies(), server.rack().orElse(""))) out.put(key, "DARK");
            else if (server.disks().stream()
                    .flatMap(disk -> disk.device().stream())
                    .anyMatch(device -> out.containsKey("device/" + device))) out.put(key, "DISKLESS");
            else if (!reaches(server, roads)) out.put(key, "CUT_OFF");
        });
        return out;
    }

    private boolean gone(String thing, String key, String site, String rack) {
        if (thing.equals(key) || thing.equals("site/" + site) || (!rack.isEmpty() && thing.equals("rack/" + rack)))
            return true;
        var spec = estate.racks().get(rack);
        return spec != null
                && spec.room().isPresent()
                && thing.equals("room/" + spec.site() + "/" + spec.room().get());
    }

    private Set<String> liveFeeds(String thing) {
        var live = new HashSet<String>();
        boolean more = true;
        while (more) {
            more = false;
            for (var entry : estate.feeds().entrySet()) {
                var feed = entry.getValue();
                if (thing.equals("feed/" + entry.getKey()) || thing.equals("site/" + feed.site())) continue;
                boolean on =
                        feed.upstream().isEmpty() || feed.upstream().stream().anyMatch(live::contains);
                if (on && live.add(entry.getKey())) more = true;
            }
        }
        return live;
    }

    private boolean powered(Set<String> live, List<PowerSupply> supplies, String rack) {
        var feeds = new HashSet<String>();
        for (var supply : supplies) feeds.add(supply.feed());
        var spec = estate.racks().get(rack);
        if (supplies.isEmpty() && spec != null) feeds.addAll(spec.feeds());
        return feeds.isEmpty() || feeds.stream().anyMatch(live::contains);
    }

    /** By place, where one gets to in one step. {@code in:S} and {@code out:S} are the two sides of a site. */
    private Map<String, Set<String>> roads(String thing, Set<String> dark) {
        var roads = new HashMap<String, Set<String>>();
        var cabled = new HashSet<String>();
        for (var site : estate.sites().keySet()) {
            var own = own(site);
            var gates = own.isEmpty() ? gates(site) : own;
            if (gates.isEmpty()) road(roads, thing, dark, "out:" + site, "in:" + site);
            for (var gate : gates) {
                road(roads, thing, dark, "out:" + site, "device/" + gate);
                cabled.add(gate);
                if (own.isEmpty()) road(roads, thing, dark, "device/" + gate, "in:" + site);
            }
        }
        estate.links().forEach((name, link) -> {
            var ends = List.of(end(link.from(), link.to()), end(link.to(), link.from()));
            if (siteOf(ends.get(0)).equals(siteOf(ends.get(1))))
                ends.forEach(end -> cabled.add(end.replace("device/", "")));
            if (thing.equals("link/" + name)
                    || carrier(link)
                            .filter(carrier -> thing.equals("carrier/" + carrier))
                            .isPresent()) return;
            road(roads, thing, dark, ends.get(0), ends.get(1));
        });
        estate.devices().forEach((name, device) -> {
            if (!cabled.contains(name)) road(roads, thing, dark, "device/" + name, "in:" + device.site());
        });
        return roads;
    }

    private static void road(Map<String, Set<String>> roads, String thing, Set<String> dark, String one, String two) {
        for (var end : List.of(one, two)) {
            if (dark.contains(end)) return;
            if (end.contains(":")
                    && thing.equals("site/" + end.substring(end.indexOf(':') + 1))
                    && !end.startsWith("far:")) return;
        }
        roads.computeIfAbsent(one, _ -> new HashSet<>()).add(two);
        roads.computeIfAbsent(two, _ -> new HashSet<>()).add(one);
    }

    private Set<String> own(String site) {
        var own = new TreeSet<String>();
        for (var link : estate.links().values()) {
            if (link.to().site().filter(site::equals).isPresent())
                link.from().device().filter(d -> at(d, site)).ifPresent(own::add);
            if (link.from().site().filter(site::equals).isPresent())
                link.to().device().filter(d -> at(d, site)).ifPresent(own::add);
        }
        return own;
    }

    private Set<String> gates(String site) {
        for (var role : List.of(DeviceSpec.Role.ROUTER, DeviceSpec.Role.FIREWALL)) {
            var gates = new TreeSet<String>();
            estate.devices().forEach((name, device) -> {
                if (device.site().equals(site) && device.role() == role) gates.add(name);
            });
            if (!gates.isEmpty()) return gates;
        }
        return Set.of();
    }

    private boolean at(String device, String site) {
        var spec = estate.devices().get(device);
        return spec != null && spec.site().equals(site);
    }

    private String end(LinkSpec.Endpoint end, LinkSpec.Endpoint other) {
        if (end.device().isPresent()) return "device/" + end.device().get();
        if (end.outside().isPresent()) return "far:" + end.outside().get();
        var site = end.site().orElseThrow();
        return (other.device().filter(device -> at(device, site)).isPresent() ? "in:" : "out:") + site;
    }

    private String siteOf(String place) {
        if (place.startsWith("far:")) return place;
        if (place.contains(":")) return place.substring(place.indexOf(':') + 1);
        var device = estate.devices().get(place.substring("device/".length()));
        return device == null ? "" : device.site();
    }

    private boolean reaches(ServerSpec server, Map<String, Set<String>> roads) {
        var reached = reached(server, roads);
        if (outsideDeclared()) return reached.stream().anyMatch(place -> place.startsWith("far:"));
        var own = "in:" + server.site();
        boolean linked = walk(Set.of(own), roads("", Set.of())).stream()
                .anyMatch(place -> place.startsWith("in:") && !place.equals(own));
        return reached.stream().anyMatch(place -> place.startsWith("in:") && (!linked || !place.equals(own)));
    }

    private Set<String> reached(ServerSpec server, Map<String, Set<String>> roads) {
        var starts = new HashSet<String>();
        for (var nic : server.nics()) nic.device().ifPresent(device -> starts.add("device/" + device));
        if (starts.isEmpty()) starts.add("in:" + server.site());
        return walk(starts, roads);
    }

    private static Set<String> walk(Set<String> starts, Map<String, Set<String>> roads) {
        var reached = new HashSet<>(starts);
        var next = new ArrayDeque<>(starts);
        while (!next.isEmpty())
            for (var place : roads.getOrDefault(next.remove(), Set.of())) if (reached.add(place)) next.add(place);
        return reached;
    }

    private boolean outsideDeclared() {
        return estate.links().values().stream()
                .anyMatch(link ->
                        link.from().outside().isPresent() || link.to().outside().isPresent());
    }
}
