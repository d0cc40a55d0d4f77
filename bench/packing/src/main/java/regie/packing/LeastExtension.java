package regie.packing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import regie.placement.Lifetimes;

/**
 * Puts a guest where it is expected to keep a host from running empty least: for each host, the time in which the guest is there
 * and nobody else would be. So hosts that may soon be empty are left alone, and what lives long comes to what lives long. What
 * would keep every host with room busy for nearly as long as an empty one gets an empty one. Cores are not left behind without
 * the memory that guests usually have beside them, nor memory without cores. Between equals the best fit decides.
 *
 * <p>Lifetimes are learned while the trace is played, from guests that have run before: by flavor, and by how many of their batch
 * had come before them. Guests of one batch end together more often than not, so on one host they count as one.
 */
final class LeastExtension implements HostChoice {
    /** Ends of spans ahead, in steps, through which hosts are looked at. */
    private static final int[] AHEAD = {1, 2, 3, 5, 8, 12, 18, 24, 36, 60, 108, 204, 400, 800};
    /** What a step of a host is worth, in cores left over on the host that is chosen. */
    private static final double CORES_PER_STEP = 100;
    /** What a core that is left without memory is worth, or the memory that a host has beside a core; in the same unit. */
    private static final double CORES_PER_STRANDED = 5000;
    /** An empty host is taken where another would have to run on for more than this share of what the empty one would. */
    private static final double OPENING_SHARE = 0.93;

    private static final double HOST_MIB_PER_CORE = TraceHosts.MEMORY_MIB / (double) TraceHosts.CORES;

    private static final int LEARN_STEPS = 6;
    private static final int FLAVORS = 64;
    private static final int SIZES = 8;
    private static final int COARSE = 3;
    private static final int ALL = FLAVORS * (SIZES + COARSE + 1);

    private final Lifetimes lifetimes = new Lifetimes(ALL + 1);
    private final TraceHosts hosts;
    private final List<double[]> empty = new ArrayList<>();
    private final HashSet<List<Integer>> chains = new HashSet<>();
    /** Of all guests so far. */
    private long cores;

    private long memoryMiB;

    LeastExtension(TraceHosts hosts) {
        this.hosts = hosts;
    }

    @Override
    public void ran(int guest, int step, boolean leaves) {
        var kinds = kinds(guest);
        lifetimes.seen(kinds, step - 1 - hosts.guest(guest).step(), leaves);
        chains.add(java.util.Arrays.stream(kinds).boxed().toList());
    }

    @Override
    public void begin(TraceHosts same, int step) {
        if (step % LEARN_STEPS == 0) {
            for (var chain : chains)
                lifetimes.learn(chain.stream().mapToInt(Integer::intValue).toArray());
        }
        for (int host = 0; host < hosts.size(); host++) look(host, step);
    }

    @Override
    public int choose(TraceHosts same, int guest, int step) {
        double[] alive = alive(guest, step);
        return cheapest(guest, alive, OPENING_SHARE * CORES_PER_STEP * steps(alive));
    }

    /** The host for a guest that has been there for a while; {@link TraceHosts#NONE} where none has room but empty ones. */
    int elsewhere(int guest, int step) {
        return cheapest(guest, alive(guest, step), Double.MAX_VALUE);
    }

    private int cheapest(int guest, double[] alive, double below) {
        int best = TraceHosts.NONE;
        double least = below;
        for (int host = 0; host < hosts.size(); host++) {
            if (hosts.host(host).guests.isEmpty() || !hosts.fits(host, guest)) continue;
            double cost = cost(guest, alive, host);
            if (cost < least) {
                least = cost;
                best = host;
            }
        }
        return best;
    }

    private double cost(int guest, double[] alive, int host) {
        var arrival = hosts.guest(guest);
        var state = hosts.host(host);
        int freeCores = state.freeCores - arrival.cores();
        int freeMiB = state.freeMiB - arrival.memoryMiB();
        return CORES_PER_STEP * extension(alive, host)
                + CORES_PER_STRANDED * (stranded(freeCores, freeMiB) - stranded(state.freeCores, state.freeMiB))
                + freeCores;
    }

    /** Cores that would stay free if guests as they usually are took all the memory, or the other way round; in cores. */
    private double stranded(int freeCores, int freeMiB) {
        if (cores == 0) return 0;
        double usual = memoryMiB / (double) cores;
        return usual <= HOST_MIB_PER_CORE
                ? Math.max(0, freeCores - freeMiB / usual)
                : Math.max(0, (freeMiB - freeCores * usual) / HOST_MIB_PER_CORE);
    }

    @Override
    public void seated(TraceHosts same, int guest, int step) {
        cores += hosts.guest(guest).cores();
        memoryMiB += hosts.guest(guest).memoryMiB();
        look(hosts.hostOf(guest), step);
    }

    /** Steps of the next {@code most} in which a host is expected to have guests. */
    double busySteps(int host, int most) {
        double steps = 0;
        for (int span = 0; span < AHEAD.length && begin(span) < most; span++)
            steps += (Math.min(most, AHEAD[span]) - begin(span)) * (1 - empty.get(host)[span]);
        return steps;
    }

    /** How likely the host is to be empty, for each span ahead. */
    void look(int host, int step) {
        while (empty.size() <= host) empty.add(new double[AHEAD.length]);
        var chances = empty.get(host);
        java.util.Arrays.fill(chances, 1);
        var guests = hosts.host(host).guests;
        for (int at = 0; at < guests.size(); ) {
            int batch = hosts.guest(guests.get(at)).batch();
            var batchAlive = new double[AHEAD.length];
            for (; at < guests.size() && hosts.guest(guests.get(at)).batch() == batch; at++) {
                var alive = alive(guests.get(at), step);
                for (int span = 0; span < AHEAD.length; span++)
                    batchAlive[span] = Math.max(batchAlive[span], alive[span]);
            }
            for (int span = 0; span < AHEAD.length; span++) chances[span] *= 1 - batchAlive[span];
        }
    }

    private double extension(double[] alive, int host) {
        var chances = empty.get(host);
        double steps = 0;
        for (int span = 0; span < AHEAD.length; span++)
            steps += (AHEAD[span] - begin(span)) * alive[span] * chances[span];
        return steps;
    }

    private static double steps(double[] alive) {
        double steps = 0;
        for (int span = 0; span < AHEAD.length; span++) steps += (AHEAD[span] - begin(span)) * alive[span];
        return steps;
    }

    /** How likely the guest is to be there, in the middle of each span ahead. */
    private double[] alive(int guest, int step) {
        int age = step - hosts.guest(guest).step();
        int kind = kinds(guest)[0];
        var alive = new double[AHEAD.length];
        for (int span = 0; span < AHEAD.length; span++)
            alive[span] = lifetimes.survival(kind, age, (begin(span) + AHEAD[span] + 1) / 2);
        return alive;
    }

    private static int begin(int span) {
        return span == 0 ? 0 : AHEAD[span - 1];
    }

    /** By flavor and size of the batch so far, by flavor and three sizes, by flavor, and all. */
    private int[] kinds(int guest) {
        var arrival = hosts.guest(guest);
        int flavor = arrival.flavor() % FLAVORS;
        int size = Math.min(SIZES - 1, 32 - Integer.numberOfLeadingZeros(arrival.before()));
        int coarse = arrival.before() < 4 ? 0 : arrival.before() < 32 ? 1 : 2;
        int special = flavor * SIZES + size;
        return new int[] {special, FLAVORS * SIZES + flavor * COARSE + coarse, FLAVORS * (SIZES + COARSE) + flavor, ALL
        };
    }
}
