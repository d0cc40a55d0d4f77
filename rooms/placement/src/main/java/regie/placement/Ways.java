package regie.placement;

/** The ways to seat a shape on one host. One thread at a time. */
final class Ways {
    private final Fit fit = new Fit();
    private long[] masked = new long[16];

    /** What one way would take, by position of the host's layout; good until the next is shown. */
    interface Visitor {
        void may(HostState host, Fit fit);
    }

    boolean any(Shape shape, HostState host) {
        return fit.fits(host.layout(), host.free(), shape);
    }

    /**
     * One way for each node it could have to itself; one way in all where it takes several nodes.
     *
     * @param free by position; what counts as free
     */
    void each(Shape shape, HostState host, long[] free, Visitor visitor) {
        var threads = host.layout().threads();
        if (shape.numaNodes() > 1 || threads.length == 1) {
            if (fit.fits(host.layout(), free, shape)) visitor.may(host, fit);
            return;
        }
        boolean alone = false;
        int size = free.length;
        if (masked.length < size) masked = new long[size];
        for (int node = 0; node < threads.length; node++) {
            System.arraycopy(free, 0, masked, 0, size);
            for (int other = 0; other < threads.length; other++) {
                if (other != node && threads[other] != Layout.MISSING) masked[threads[other]] = 0;
            }
            if (!fit.fits(host.layout(), masked, shape)) continue;
            visitor.may(host, fit);
            alone = true;
        }
        if (!alone && fit.fits(host.layout(), free, shape)) visitor.may(host, fit);
    }
}
