package regie.agent.lease;

import java.time.Duration;

/**
 * How sure one can be, from the beats that have come so far, that no more will: an accrual failure detector.
 *
 * <p>{@code phi = -log10 Q((t - pause - mean) / deviation)}, with {@code t} since the newest beat, mean and standard deviation over a
 * window of the newest intervals, and {@code Q} the upper tail of the normal distribution: at {@code phi = 8} such a silence is one in a
 * hundred million for a host that lives, if its beats go on as they did. After N. Hayashibara, X. Défago, R. Yared, T. Katayama, "The φ
 * accrual failure detector", SRDS 2004. The pause that is always accepted, and a least deviation, keep a host with very even beats
 * from being suspected for one late beat, as in Akka's detector. A machine that is busy beats unevenly and by that alone is given
 * longer; an interval counts for five beats at most, so that a single long pause doesn't make it deaf.
 */
public final class Accrual {
    /** From here on a host is suspected. */
    public static final double THRESHOLD = 8;

    private static final int WINDOW = 100;
    private static final long PAUSE_MICROS = Duration.ofMillis(180).toNanos() / 1000;
    private static final int LONGEST_BEATS = 5;

    private final long beatMicros;
    private final int[] intervals = new int[WINDOW];
    private int kept;
    private int next;
    private long sum;
    private long squares;
    private long newest;

    /**
     * @param beat what is to lie between two beats
     * @param now the first one came
     */
    public Accrual(Duration beat, long now) {
        this.beatMicros = beat.toNanos() / 1000;
        this.newest = now;
    }

    /** A beat came; one that was overtaken changes nothing. */
    public void heard(long now) {
        if (now <= newest) return;
        int micros = (int) Math.min((now - newest) / 1000, LONGEST_BEATS * beatMicros);
        newest = now;
        int old = intervals[next];
        if (kept == WINDOW) {
            sum -= old;
            squares -= (long) old * old;
        } else {
            kept++;
        }
        intervals[next] = micros;
        next = (next + 1) % WINDOW;
        sum += micros;
        squares += (long) micros * micros;
    }

    /**
     * The newest {@code beats} came, and count for nothing: as if it were silent since the one before. Where none came for a while it was
     * silent already, and its answers were lost in that time.
     */
    void takeBack(int beats, long now) {
        double mean = mean() * 1000;
        if (silentNanos(now) < 1.5 * mean) newest -= (long) (beats * mean);
    }

    public long silentNanos(long now) {
        return Math.max(0, now - newest);
    }

    public double phi(long now) {
        return -log10OfTail((silentNanos(now) / 1000.0 - PAUSE_MICROS - mean()) / deviation());
    }

    public boolean suspects(long now) {
        return phi(now) >= THRESHOLD;
    }

    private double mean() {
        return kept == 0 ? beatMicros : (double) sum / kept;
    }

    private double deviation() {
        double least = beatMicros / 8.0;
        if (kept == 0) return least;
        double mean = mean();
        return Math.max(least, Math.sqrt(Math.max(0, (double) squares / kept - mean * mean)));
    }

    /**
     * Of {@code Q(z)}. Below 4 by M. Abramowitz and I. Stegun, "Handbook of mathematical functions", 26.2.17; above by the asymptotic
     * series 26.2.12, which there is good to a part in a thousand and doesn't underflow.
     */
    static double log10OfTail(double z) {
        if (z < 0) return Math.log10(1 - Math.pow(10, log10OfTail(-z)));
        double log10OfDensity = (-z * z / 2 - 0.5 * Math.log(2 * Math.PI)) / Math.log(10);
        if (z >= 4) {
            double square = z * z;
            return log10OfDensity
                    + Math.log10((1 - 1 / square + 3 / (square * square) - 15 / (square * square * square)) / z);
        }
        double t = 1 / (1 + 0.2316419 * z);
        double series =
                t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return log10OfDensity + Math.log10(series);
    }
}
