package regie.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import regie.kernel.Check;

/** Holds a place against what a guest was to get, and against what its host has. Does its own sums. */
final class Judge {
    private final Ledger ledger;

    Judge(Ledger ledger) {
        this.ledger = ledger;
    }

    void right(Guest guest, Place place) {
        var host = Check.present(ledger.hosts.get(place.host()));
        var shape = guest.shape();
        for (var take : place.takes()) {
            assertThat(take.amount())
                    .as("%s of %s", take.slot(), host.name())
                    .isLessThanOrEqualTo(ledger.free(host, take.slot()));
        }
        assertThat(sum(place, Resource.THREADS)).isEqualTo(shape.vcpus());
        assertThat(sum(place, Resource.MEMORY_MIB)).isEqualTo(shape.pageMiB() == 0 ? shape.memoryMiB() : 0);
        assertThat(sum(place, Resource.HUGEPAGES_MIB)).isEqualTo(shape.pageMiB() == 0 ? 0 : shape.memoryMiB());
        assertThat(sum(place, Resource.DISK_GIB)).isEqualTo(shape.diskGiB());
        assertThat(sum(place, Resource.VIRTUAL_FUNCTIONS)).isEqualTo(shape.virtualFunctions());
        assertThat(sum(place, Resource.BANDWIDTH_MBPS)).isEqualTo(shape.bandwidthMbps());
        assertThat(takes(place, Resource.DISK_GIB)).isLessThanOrEqualTo(1);
        assertThat(takes(place, Resource.VIRTUAL_FUNCTIONS)).isLessThanOrEqualTo(1);
        nodes(shape, place);
        cards(shape, place);
    }

    private void nodes(Shape shape, Place place) {
        var withThreads = nodesOf(place, Resource.THREADS);
        var withMemory = nodesOf(place, shape.pageMiB() == 0 ? Resource.MEMORY_MIB : Resource.HUGEPAGES_MIB);
        assertThat(withThreads).as("nodes of threads and of memory").isEqualTo(withMemory);
        if (shape.numaNodes() > 0) assertThat(withThreads).hasSize(shape.numaNodes());
        for (var take : place.takes()) {
            if (shape.numaNodes() > 0 && take.slot().resource() == Resource.THREADS)
                assertThat(take.amount() * shape.numaNodes()).isEqualTo(shape.vcpus());
            if (take.slot().resource() == Resource.HUGEPAGES_MIB) {
                assertThat(take.slot().name()).isEqualTo(Integer.toString(shape.pageMiB()));
                assertThat(take.amount() % shape.pageMiB()).isZero();
            }
        }
    }

    private void cards(Shape shape, Place place) {
        long all = 0;
        for (var wanted : shape.gpus()) {
            all += wanted.count();
            long got = place.takes().stream()
                    .filter(take -> take.slot().resource() == Resource.GPUS
                            && take.slot().name().equals(wanted.model()))
                    .mapToLong(Take::amount)
                    .sum();
            assertThat(got).isEqualTo(wanted.count());
        }
        assertThat(sum(place, Resource.GPUS)).isEqualTo(all);
        if (shape.gpusNear()) assertThat(nodesOf(place, Resource.THREADS)).containsAll(nodesOf(place, Resource.GPUS));
    }

    private static Set<Integer> nodesOf(Place place, Resource resource) {
        var nodes = new HashSet<Integer>();
        for (var take : place.takes())
            if (take.slot().resource() == resource) nodes.add(take.slot().node());
        return nodes;
    }

    private static long takes(Place place, Resource resource) {
        return place.takes().stream()
                .filter(take -> take.slot().resource() == resource)
                .count();
    }

    private static long sum(Place place, Resource resource) {
        return place.takes().stream()
                .filter(take -> take.slot().resource() == resource)
                .mapToLong(Take::amount)
                .sum();
    }
}
