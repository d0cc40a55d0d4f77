package regie.death;

/** A clock of one machine: it began at some moment, and runs a little fast or slow. */
record Skew(double rate, long start) {
    /** The most that {@code regie.agent.lease} allows for. */
    static final double RATE_MAX = 0.001;

    static Skew by(Dice dice) {
        return new Skew(1 + (dice.share() * 2 - 1) * RATE_MAX, dice.between(0, 1000) * VirtualTime.SECOND);
    }

    long read(long truth) {
        return start + (long) (truth * rate);
    }

    /** The first moment of true time at which it reads that much. */
    long truth(long read) {
        return (long) Math.ceil((read - start) / rate) + 1;
    }
}
