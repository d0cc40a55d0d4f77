package regie.packing;

import java.util.ArrayList;
import java.util.List;

/** Equal hosts, as many as are needed, and the guests of a trace on them. An empty host is used again before a new one is. */
final class TraceHosts {
    static final int CORES = 40;
    static final int MEMORY_MIB = 128 * 1024;
    static final int NONE = -1;

    private final List<ArrivalTrace.Arrival> trace;
    private final List<Host> hosts = new ArrayList<>();
    private final int[] hostOf;
    private long cores;
    private long memoryMiB;
    private int used;

    /** Guests are numbers of the trace, in the order they came. */
    static final class Host {
        int freeCores = CORES;
        int freeMiB = MEMORY_MIB;
        final List<Integer> guests = new ArrayList<>();
    }

    TraceHosts(List<ArrivalTrace.Arrival> trace) {
        this.trace = trace;
        hostOf = new int[trace.size()];
        java.util.Arrays.fill(hostOf, NONE);
    }

    ArrivalTrace.Arrival guest(int number) {
        return trace.get(number);
    }

    int size() {
        return hosts.size();
    }

    Host host(int number) {
        return hosts.get(number);
    }

    /** Hosts that have guests. */
    int used() {
        return used;
    }

    int hostOf(int guest) {
        return hostOf[guest];
    }

    /** Hosts without which what is there could not be carried, however it were cut up. */
    long bound() {
        return Math.max((cores + CORES - 1) / CORES, (memoryMiB + MEMORY_MIB - 1) / MEMORY_MIB);
    }

    boolean fits(int host, int guest) {
        var arrival = trace.get(guest);
        return hosts.get(host).freeCores >= arrival.cores() && hosts.get(host).freeMiB >= arrival.memoryMiB();
    }

    /** @param host {@link #NONE} for one that is empty */
    void seat(int guest, int host) {
        int chosen = host == NONE ? empty() : host;
        if (!fits(chosen, guest)) throw new IllegalStateException("host %d has no room".formatted(chosen));
        var arrival = trace.get(guest);
        var state = hosts.get(chosen);
        if (state.guests.isEmpty()) used++;
        state.freeCores -= arrival.cores();
        state.freeMiB -= arrival.memoryMiB();
        int at = state.guests.size();
        while (at > 0 && state.guests.get(at - 1) > guest) at--;
        state.guests.add(at, guest);
        hostOf[guest] = chosen;
        cores += arrival.cores();
        memoryMiB += arrival.memoryMiB();
    }

    void leave(int guest) {
        var arrival = trace.get(guest);
        var state = hosts.get(hostOf[guest]);
        state.guests.remove(Integer.valueOf(guest));
        state.freeCores += arrival.cores();
        state.freeMiB += arrival.memoryMiB();
        if (state.guests.isEmpty()) used--;
        hostOf[guest] = NONE;
        cores -= arrival.cores();
        memoryMiB -= arrival.memoryMiB();
    }

    private int empty() {
        for (int host = 0; host < hosts.size(); host++)
            if (hosts.get(host).guests.isEmpty()) return host;
        hosts.add(new Host());
        return hosts.size() - 1;
    }
}
