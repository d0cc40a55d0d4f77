package regie.placement.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import regie.placement.Resource;
import regie.placement.Shape;
import regie.placement.Slot;
import regie.placement.Take;

/** What a guest has makes up its shape: neither less nor more, and where the shape wants it. */
final class ShapeCheck {
    private final Seat seat;
    private final Shape shape;
    private final List<Violation> violations = new ArrayList<>();

    private ShapeCheck(Seat seat) {
        this.seat = seat;
        shape = seat.guest().shape();
    }

    static List<Violation> of(Seat seat) {
        var check = new ShapeCheck(seat);
        check.sums();
        check.nodes();
        check.gpus();
        check.oneName(Resource.VIRTUAL_FUNCTIONS, "network cards");
        check.oneName(Resource.DISK_GIB, "disk pools");
        check.pool();
        return check.violations;
    }

    private void sums() {
        sum(Resource.THREADS, shape.vcpus());
        sum(Resource.MEMORY_MIB, memory() == Resource.MEMORY_MIB ? shape.memoryMiB() : 0);
        sum(Resource.HUGEPAGES_MIB, memory() == Resource.HUGEPAGES_MIB ? shape.memoryMiB() : 0);
        sum(Resource.DISK_GIB, shape.diskGiB());
        sum(Resource.VIRTUAL_FUNCTIONS, shape.virtualFunctions());
        sum(Resource.BANDWIDTH_MBPS, shape.bandwidthMbps());
        for (var take : of(Resource.HUGEPAGES_MIB)) {
            boolean size = take.slot().name().equals(Integer.toString(shape.pageMiB()));
            boolean whole = shape.pageMiB() > 0 && take.amount() % shape.pageMiB() == 0;
            if (!size || !whole)
                say("has %s, which is no whole number of pages of %d MiB".formatted(take, shape.pageMiB()));
        }
    }

    private void sum(Resource resource, long wanted) {
        long has = of(resource).stream().mapToLong(Take::amount).sum();
        if (has != wanted) say("has %d of %s instead of %d".formatted(has, resource, wanted));
    }

    private void nodes() {
        if (shape.numaNodes() == 0) return;
        evenly(Resource.THREADS);
        evenly(memory());
        if (!cpuNodes().equals(perNode(memory()).keySet())) say("has its memory on other nodes than its threads");
    }

    /** Over exactly the nodes wanted, on each the same. */
    private void evenly(Resource resource) {
        var shares = perNode(resource);
        if (shares.size() != shape.numaNodes() || shares.containsKey(Slot.WHOLE)) {
            say("has %s on nodes %s instead of exactly %d".formatted(resource, shares.keySet(), shape.numaNodes()));
            return;
        }
        if (Set.copyOf(shares.values()).size() > 1) say("has %s unevenly: %s".formatted(resource, shares));
    }

    private void gpus() {
        var wanted = new HashMap<String, Long>();
        for (var gpus : shape.gpus()) wanted.merge(gpus.model(), (long) gpus.count(), Long::sum);
        var has = new HashMap<String, Long>();
        for (var take : of(Resource.GPUS)) has.merge(take.slot().name(), take.amount(), Long::sum);
        if (!has.equals(wanted)) say("has GPUs %s instead of %s".formatted(has, wanted));
        if (!shape.gpusNear()) return;
        var own = cpuNodes();
        for (var take : of(Resource.GPUS)) {
            if (!own.contains(take.slot().node())) say("has %s, far from its nodes %s".formatted(take, own));
        }
    }

    private void oneName(Resource resource, String what) {
        var names = new HashSet<String>();
        for (var take : of(resource)) names.add(take.slot().name());
        if (names.size() > 1) say("has parts of several %s: %s".formatted(what, names));
    }

    private void pool() {
        if (shape.pool().isEmpty()) return;
        for (var take : of(Resource.DISK_GIB)) {
            if (!take.slot().name().equals(shape.pool()))
                say("has %s instead of pool %s".formatted(take, shape.pool()));
        }
    }

    private Resource memory() {
        return shape.pageMiB() == 0 ? Resource.MEMORY_MIB : Resource.HUGEPAGES_MIB;
    }

    private Set<Integer> cpuNodes() {
        return perNode(Resource.THREADS).keySet();
    }

    private Map<Integer, Long> perNode(Resource resource) {
        var nodes = new HashMap<Integer, Long>();
        for (var take : of(resource)) nodes.merge(take.slot().node(), take.amount(), Long::sum);
        return nodes;
    }

    private List<Take> of(Resource resource) {
        return seat.place().takes().stream()
                .filter(take -> take.slot().resource() == resource)
                .toList();
    }

    private void say(String text) {
        violations.add(new Violation(Violation.Sort.SHAPE, Words.name(seat.guest()) + " " + text));
    }
}
