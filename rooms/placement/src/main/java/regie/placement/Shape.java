package regie.placement;

import java.util.HashSet;
import java.util.List;

/**
 * What a guest takes of its host.
 *
 * @param vcpus one hardware thread each
 * @param memoryMiB in whole pages where {@code pageMiB} is not 0
 * @param pageMiB size of the huge pages all its memory is made of; 0 for ordinary memory
 * @param numaNodes evenly over exactly so many nodes; 0 for one node if possible, else split over as few as possible
 * @param pool where its disk goes; empty for any pool of the host
 * @param gpus each model once
 * @param gpusNear the cards hang on the guest's own nodes
 * @param virtualFunctions all of one NIC
 */
public record Shape(
        int vcpus,
        long memoryMiB,
        int pageMiB,
        int numaNodes,
        long diskGiB,
        String pool,
        List<Gpus> gpus,
        boolean gpusNear,
        int virtualFunctions,
        int bandwidthMbps,
        Cpu cpu) {
    public Shape {
        Wrong.unless(vcpus >= 1, "vcpus", vcpus, "at least 1");
        Wrong.unless(memoryMiB >= 1, "memoryMiB", memoryMiB, "at least 1");
        Wrong.unless(pageMiB >= 0, "pageMiB", pageMiB, "0, or the size of a page in MiB");
        Wrong.unless(numaNodes >= 0, "numaNodes", numaNodes, "0, or a number of nodes");
        Wrong.unless(diskGiB >= 0, "diskGiB", diskGiB, "0 or more");
        Wrong.unless(virtualFunctions >= 0, "virtualFunctions", virtualFunctions, "0 or more");
        Wrong.unless(bandwidthMbps >= 0, "bandwidthMbps", bandwidthMbps, "0 or more");
        int nodes = Math.max(1, numaNodes);
        if (vcpus % nodes != 0) Wrong.unless(false, "vcpus", vcpus, "a multiple of its %d NUMA nodes".formatted(nodes));
        long unit = (long) nodes * Math.max(1, pageMiB);
        if (memoryMiB % unit != 0)
            Wrong.unless(
                    false, "memoryMiB", memoryMiB, "a multiple of %d: whole pages on each NUMA node".formatted(unit));
        gpus = List.copyOf(gpus);
        var models = new HashSet<String>(0);
        for (var each : gpus) Wrong.unless(models.add(each.model()), "gpus", each.model(), "each model once");
    }

    /** Ordinary memory and threads wherever they are, and nothing else. */
    public static Shape of(int vcpus, long memoryMiB) {
        return new Shape(vcpus, memoryMiB, 0, 0, 0, "", List.of(), false, 0, 0, Cpu.SHARED);
    }

    /** Of what most shapes differ in: they are looked up often. */
    @Override
    public int hashCode() {
        return Long.hashCode(((31L * vcpus + memoryMiB) * 31 + diskGiB) * 31 + 17L * pageMiB + numaNodes);
    }

    /** The least memory that can be given: a page, or one MiB. */
    long unitMiB() {
        return Math.max(1, pageMiB);
    }

    @Override
    public String toString() {
        var text = new StringBuilder("%d vCPU, %d MiB".formatted(vcpus, memoryMiB));
        if (pageMiB > 0) text.append(" in pages of ").append(pageMiB).append(" MiB");
        if (numaNodes > 0) text.append(" on ").append(numaNodes).append(numaNodes == 1 ? " NUMA node" : " NUMA nodes");
        if (diskGiB > 0) text.append(", ").append(diskGiB).append(" GiB");
        if (diskGiB > 0 && !pool.isEmpty()) text.append(" in ").append(pool);
        for (var each : gpus)
            text.append(", ").append(each.count()).append(" × ").append(each.model());
        if (gpusNear && !gpus.isEmpty()) text.append(" near");
        if (virtualFunctions > 0) text.append(", ").append(virtualFunctions).append(" VF");
        if (bandwidthMbps > 0) text.append(", ").append(bandwidthMbps).append(" Mbit/s");
        if (cpu != Cpu.SHARED) text.append(cpu == Cpu.DEDICATED ? ", dedicated" : ", overcommitted");
        return text.toString();
    }
}
