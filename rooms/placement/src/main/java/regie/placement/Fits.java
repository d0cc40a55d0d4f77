package regie.placement;

/** How many guests of one shape would fit into a host, one after the other. One thread at a time. */
final class Fits {
    /** What a host can hold of the smallest guests; more is not counted. */
    private static final int COUNT_MAX = 1024;

    private final Shape shape;
    private final Fit fit = new Fit();
    private long[] room = new long[16];

    Fits(Shape shape) {
        this.shape = shape;
    }

    int of(HostState host) {
        return of(host, host.free());
    }

    /** @param free instead of what is free there */
    int of(HostState host, long[] free) {
        boolean wanted = host.host().open() && host.host().overcommitted() == (shape.cpu() == Cpu.OVERCOMMITTED);
        if (!wanted) return 0;
        if (room.length < free.length) room = new long[free.length];
        System.arraycopy(free, 0, room, 0, free.length);
        int count = 0;
        while (count < COUNT_MAX && fit.fits(host.layout(), room, shape)) {
            for (int at = 0; at < fit.count(); at++) room[fit.position(at)] -= fit.amount(at);
            count++;
        }
        return count;
    }
}
