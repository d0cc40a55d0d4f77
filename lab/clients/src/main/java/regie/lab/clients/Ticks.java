package regie.lab.clients;

/** The users' one door to the machine's clock: real rooms take real time. */
final class Ticks {
    private Ticks() {}

    /** Since some fixed moment. */
    static long nanos() {
        return System.nanoTime();
    }
}
