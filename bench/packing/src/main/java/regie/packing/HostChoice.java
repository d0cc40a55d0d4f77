package regie.packing;

/** Which of the hosts that have guests a new one goes to. It knows nothing of what has not come yet. */
interface HostChoice {
    /** A host with room for the guest, or {@link TraceHosts#NONE} for an empty one. */
    int choose(TraceHosts hosts, int guest, int step);

    /** All that leave in this step have gone, nobody has come. */
    default void begin(TraceHosts hosts, int step) {}

    /** A guest is there. */
    default void seated(TraceHosts hosts, int guest, int step) {}

    /** A guest ran through the step before, and now leaves or not. */
    default void ran(int guest, int step, boolean leaves) {}

    /** The first with room. */
    static HostChoice firstFit() {
        return (hosts, guest, _) -> {
            for (int host = 0; host < hosts.size(); host++) if (hosts.fits(host, guest)) return host;
            return TraceHosts.NONE;
        };
    }

    /** The one that is left with least of cores and memory together, each as a share of a host. */
    static HostChoice bestFit() {
        return (hosts, guest, _) -> {
            int best = TraceHosts.NONE;
            double least = Double.MAX_VALUE;
            for (int host = 0; host < hosts.size(); host++) {
                var state = hosts.host(host);
                if (state.guests.isEmpty() || !hosts.fits(host, guest)) continue;
                double left =
                        state.freeCores / (double) TraceHosts.CORES + state.freeMiB / (double) TraceHosts.MEMORY_MIB;
                if (left < least) {
                    least = left;
                    best = host;
                }
            }
            return best;
        };
    }
}
