package regie.placement;

/** How full a host is. */
final class Fullness {
    private Fullness() {}

    /** Share of threads that guests have, from 0 to 1; a host without threads is full. */
    static double threads(HostState host) {
        return used(host, Resource.THREADS);
    }

    /** What is free of threads plus what is free of memory, each as a share of the host. */
    static double free(HostState host) {
        return 2 - used(host, Resource.THREADS) - used(host, Resource.MEMORY_MIB);
    }

    static long total(HostState host, Resource resource) {
        return sum(host, resource, host.total());
    }

    static double used(HostState host, Resource resource) {
        long total = total(host, resource);
        return total == 0 ? 1 : sum(host, resource, host.claimed()) / (double) total;
    }

    private static long sum(HostState host, Resource resource, long[] vector) {
        long sum = 0;
        for (int at = 0; at < vector.length; at++) if (host.layout().slot(at).resource() == resource) sum += vector[at];
        return sum;
    }
}
