package regie.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says by brute force which hosts may take a guest, host by host and set of nodes by set of nodes, from a {@link Ledger} alone. */
final class Oracle {
    private final Ledger ledger;

    Oracle(Ledger ledger) {
        this.ledger = ledger;
    }

    List<Host> mayTake(Guest guest) {
        return ledger.hosts.values().stream()
                .filter(host -> suits(guest, host)
                        && obeys(guest, host)
                        && !nodeSets(guest.shape(), host).isEmpty())
                .toList();
    }

    /** Site, country, owner, kind of threads, labels, open. */
    boolean suits(Guest guest, Host host) {
        var rules = guest.rules();
        var at = host.location();
        if (!rules.sites().isEmpty() && !rules.sites().contains(at.site())) return false;
        if (!rules.countries().isEmpty() && !rules.countries().contains(at.country())) return false;
        if (host.project().isPresent() && !host.project().get().equals(guest.project())) return false;
        if (host.overcommitted() != (guest.shape().cpu() == Cpu.OVERCOMMITTED)) return false;
        if (!host.labels().entrySet().containsAll(rules.requires().entrySet())) return false;
        return host.open();
    }

    boolean obeys(Guest guest, Host host) {
        for (var other : ledger.members(guest.project(), guest.group())) {
            if (guest.group().isEmpty()) continue;
            for (var kind : Domain.values()) {
                boolean wanted = guest.rules().apart().contains(new Apart(kind, true))
                        || other.rules().apart().contains(new Apart(kind, true));
                if (wanted && shares(host, ledger.hostOf(other), kind)) return false;
            }
        }
        for (var rule : guest.rules().together()) {
            var others = ledger.members(guest.project(), rule.group());
            boolean first = others.isEmpty() && rule.group().equals(guest.group());
            if (rule.required()
                    && !first
                    && others.stream().noneMatch(other -> shares(host, ledger.hostOf(other), rule.over())))
                return false;
        }
        return guest.rules().spread().stream()
                .allMatch(rule -> !rule.required() || skew(guest, host, rule) <= rule.maxSkew());
    }

    /** How many more than the emptiest domain the host's would hold. */
    int skew(Guest guest, Host host, Spread rule) {
        if (Ledger.domain(host, rule.over()).findAny().isEmpty()) return 0;
        int least = ledger.hosts.values().stream()
                .filter(each -> suits(guest, each)
                        && Ledger.domain(each, rule.over()).findAny().isPresent())
                .mapToInt(each -> crowd(guest, guest.group(), each, rule.over()))
                .min()
                .orElse(0);
        return crowd(guest, guest.group(), host, rule.over()) + 1 - least;
    }

    /** How many of a group stand in the host's domain. */
    int crowd(Guest guest, String group, Host host, Domain kind) {
        return (int) ledger.members(guest.project(), group).stream()
                .filter(other -> shares(host, ledger.hostOf(other), kind))
                .count();
    }

    private static boolean shares(Host one, Host other, Domain kind) {
        var domains = Ledger.domain(other, kind).toList();
        return Ledger.domain(one, kind).anyMatch(domains::contains);
    }

    /** The sets of NUMA nodes on which the shape fits into the host; none where it does not. */
    List<List<Integer>> nodeSets(Shape shape, Host host) {
        var fitting = new ArrayList<List<Integer>>();
        if (!fitsWhole(shape, host)) return fitting;
        var nodes = host.rooms().stream()
                .filter(room -> room.slot().node() >= 0)
                .map(room -> room.slot().node())
                .distinct()
                .toList();
        for (int bits = 1; bits < 1 << nodes.size(); bits++) {
            int mask = bits;
            var set = nodes.stream()
                    .filter(node -> (mask >> nodes.indexOf(node) & 1) == 1)
                    .toList();
            if (fitsOn(shape, host, set)) fitting.add(set);
        }
        return fitting;
    }

    private boolean fitsWhole(Shape shape, Host host) {
        var free = host.rooms().stream()
                .map(Room::slot)
                .collect(Collectors.toMap(slot -> slot, slot -> Math.max(0, ledger.free(host, slot))));
        boolean disk = shape.diskGiB() == 0 || most(free, Resource.DISK_GIB, shape.pool()) >= shape.diskGiB();
        boolean functions = most(free, Resource.VIRTUAL_FUNCTIONS, "") >= shape.virtualFunctions();
        boolean bandwidth = most(free, Resource.BANDWIDTH_MBPS, "") >= shape.bandwidthMbps();
        boolean cards = shape.gpus().stream()
                .allMatch(wanted -> free.entrySet().stream()
                                .filter(each -> each.getKey().resource() == Resource.GPUS
                                        && each.getKey().name().equals(wanted.model()))
                                .mapToLong(Map.Entry::getValue)
                                .sum()
                        >= wanted.count());
        return disk && functions && bandwidth && cards;
    }

    private static long most(Map<Slot, Long> free, Resource resource, String name) {
        return free.entrySet().stream()
                .filter(each -> each.getKey().resource() == resource)
                .filter(each -> name.isEmpty() || each.getKey().name().equals(name))
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(0);
    }

    private boolean fitsOn(Shape shape, Host host, List<Integer> nodes) {
        int wanted = shape.numaNodes();
        if (wanted > 0 && nodes.size() != wanted) return false;
        long page = Math.max(1, shape.pageMiB());
        long threads = 0;
        long memory = 0;
        for (int node : nodes) {
            long threadsHere = Math.max(0, ledger.free(host, Slot.threads(node)));
            long memoryHere = Math.max(0, ledger.free(host, memory(shape, node))) / page * page;
            if (threadsHere < 1 || memoryHere < page) return false;
            if (wanted > 0 && (threadsHere * wanted < shape.vcpus() || memoryHere * wanted < shape.memoryMiB()))
                return false;
            threads += threadsHere;
            memory += memoryHere;
        }
        if (threads < shape.vcpus() || memory < shape.memoryMiB()) return false;
        if (nodes.size() > shape.vcpus() || nodes.size() > shape.memoryMiB() / page) return false;
        return !shape.gpusNear()
                || shape.gpus().stream()
                        .allMatch(each -> nodes.stream()
                                        .mapToLong(node ->
                                                Math.max(0, ledger.free(host, Slot.gpus(node, each.model()))))
                                        .sum()
                                >= each.count());
    }

    static Slot memory(Shape shape, int node) {
        return shape.pageMiB() == 0 ? Slot.memory(node) : Slot.hugepages(node, shape.pageMiB());
    }
}
