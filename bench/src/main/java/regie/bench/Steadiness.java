package regie.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Whether something that goes on for long goes on as it began.
 *
 * @param first third of the time
 * @param last third of the time
 * @param slope of the memory in MiB per slice, by least squares over the last two thirds. It is shown and not judged: a heap that is
 *     not short of room leaves its garbage where it is, and grows into the room that it was given
 * @param kept what is judged: the memory without garbage
 */
record Steadiness(double operations, Slice first, Slice last, double slope, Kept kept) {
    /** Fewer say nothing. */
    static final int SLICES_MIN = 6;

    /** What a machine that others use too, and a heap that breathes, may add. */
    private static final double MEMORY_MOST = 1.1;

    private static final double LATENCY_MOST = 1.5;

    /** Memory in MiB right after all garbage was collected. */
    record Kept(double afterFirstThird, double atEnd) {}

    /** What a part of the time came to. */
    record Slice(Samples millis, double rssMiB) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s; %.0f MiB", millis, rssMiB);
        }
    }

    static Steadiness of(List<Slice> slices, Kept kept) {
        if (slices.size() < SLICES_MIN) throw new IllegalArgumentException("too few: " + slices.size());
        int third = slices.size() / 3;
        return new Steadiness(
                slices.stream().mapToDouble(slice -> slice.millis().count()).sum(),
                together(slices.subList(0, third)),
                together(slices.subList(slices.size() - third, slices.size())),
                slope(slices.subList(third, slices.size())),
                kept);
    }

    private static Slice together(List<Slice> slices) {
        var millis = slices.stream()
                .flatMap(slice -> slice.millis().sorted().stream())
                .toList();
        var rss = Samples.of(slices.stream().map(Slice::rssMiB).toList());
        return new Slice(Samples.of(millis), rss.median());
    }

    private static double slope(List<Slice> slices) {
        double middle = (slices.size() - 1) / 2.0;
        double mean = slices.stream().mapToDouble(Slice::rssMiB).average().orElseThrow();
        double above = 0;
        double squares = 0;
        for (int at = 0; at < slices.size(); at++) {
            above += (at - middle) * (slices.get(at).rssMiB() - mean);
            squares += (at - middle) * (at - middle);
        }
        return above / squares;
    }

    /** @throws IOException where memory or latency grew: says which, from what to what */
    void mustHold() throws IOException {
        if (kept.atEnd() > kept.afterFirstThird() * MEMORY_MOST)
            throw new IOException(String.format(
                    Locale.ROOT, "memory grew from %.0f to %.0f MiB", kept.afterFirstThird(), kept.atEnd()));
        mustHold("median", first.millis().median(), last.millis().median());
        mustHold("p99", first.millis().p99(), last.millis().p99());
    }

    private static void mustHold(String what, double before, double after) throws IOException {
        if (after > before * LATENCY_MOST)
            throw new IOException(
                    String.format(Locale.ROOT, "latency grew: its %s from %.1f to %.1f ms", what, before, after));
    }
}
