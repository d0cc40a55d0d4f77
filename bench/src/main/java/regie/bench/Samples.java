package regie.bench;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Measured values of one unit, in the order of their size. Percentiles are by nearest rank: of 20 values the 99th is the largest. */
record Samples(List<Double> sorted) {
    static Samples of(Collection<Double> values) {
        if (values.isEmpty()) throw new IllegalArgumentException("no values");
        return new Samples(values.stream().sorted().toList());
    }

    int count() {
        return sorted.size();
    }

    double percentile(int percent) {
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.get(Math.clamp(rank, 1, sorted.size()) - 1);
    }

    double median() {
        return percentile(50);
    }

    double p95() {
        return percentile(95);
    }

    double p99() {
        return percentile(99);
    }

    double least() {
        return sorted.getFirst();
    }

    double most() {
        return sorted.getLast();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "n %d, median %.3f, p99 %.3f, min %.3f, max %.3f",
                count(),
                median(),
                p99(),
                least(),
                most());
    }
}
