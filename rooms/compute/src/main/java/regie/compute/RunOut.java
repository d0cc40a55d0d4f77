package regie.compute;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * When a growing amount reaches what there is. The trend is the Theil–Sen line: the median of the slopes between all pairs of days (H.
 * Theil 1950; P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", Journal of the American Statistical
 * Association 63, 1968). It minds neither single days out of line nor, up to a third of them, wrong ones. The slope's 90 % interval is
 * that of Sen's paper, by the ranks of the pairwise slopes; the interval of the day adds the 5 % and 95 % quantiles of what the days
 * lie above or below the line. Pure.
 */
final class RunOut {
    /** Below two weeks a weekly rhythm looks like growth. */
    static final int DAYS_MIN = 14;

    /** What lies beyond is not told: no line holds for so long. */
    private static final int AHEAD_MAX = 3_653;

    private static final double Z_90 = 1.645;

    private RunOut() {}

    /** The most that was in use on a day. */
    record Day(LocalDate date, long used) {}

    sealed interface Outcome {
        record TooLittle(int days) implements Outcome {}

        /** Whatever growth there is can't be told from noise, or leads beyond ten years. */
        record NotInSight(int days) implements Outcome {}

        /**
         * @param perDay how much more is used each day
         * @param earliest it is later in 19 of 20 cases
         * @param latest it is sooner in 19 of 20 cases; absent where it may be never, or in more than ten years
         */
        record Reaches(int days, double perDay, LocalDate likely, LocalDate earliest, Optional<LocalDate> latest)
                implements Outcome {}
    }

    /** @param days in order; gaps are no harm */
    static Outcome of(List<Day> days, long total) {
        if (days.size() < DAYS_MIN) return new Outcome.TooLittle(days.size());
        var first = days.getFirst().date();
        var last = days.getLast().date();
        var at = days.stream()
                .mapToDouble(day -> ChronoUnit.DAYS.between(first, day.date()))
                .toArray();
        var used = days.stream().mapToDouble(Day::used).toArray();
        var slopes = slopes(at, used);
        double slope = quantile(slopes, 0.5);
        if (slope <= 0) return new Outcome.NotInSight(days.size());
        double middle = quantile(at.clone(), 0.5);
        double level = level(at, used, slope, middle);
        var off = new double[at.length];
        for (int day = 0; day < at.length; day++) off[day] = used[day] - (level + slope * (at[day] - middle));
        double spread = spread(days.size(), slopes.length);
        double low = ranked(slopes, (slopes.length - spread) / 2);
        double high = ranked(slopes, (slopes.length + spread) / 2);
        double today = at[at.length - 1];
        var likely = reach(total - level, slope, middle, today);
        var earliest = reach(total - level - quantile(off, 0.95), high, middle, today);
        var latest =
                low <= 0 ? Optional.<Integer>empty() : reach(total - level - quantile(off, 0.05), low, middle, today);
        if (likely.isEmpty()) return new Outcome.NotInSight(days.size());
        return new Outcome.Reaches(
                days.size(),
                slope,
                last.plusDays(likely.get()),
                last.plusDays(Math.min(likely.get(), earliest.orElse(likely.get()))),
                latest.map(ahead -> last.plusDays(Math.max(ahead, likely.get()))));
    }

    /** Days ahead of {@code today} at which a line through {@code middle} has risen by {@code gap}; 0 where it has already. */
    private static Optional<Integer> reach(double gap, double slope, double middle, double today) {
        double ahead = Math.max(0, middle + gap / slope - today);
        return ahead > AHEAD_MAX ? Optional.empty() : Optional.of((int) Math.ceil(ahead));
    }

    private static double[] slopes(double[] at, double[] used) {
        var slopes = new ArrayList<Double>();
        for (int one = 0; one < at.length; one++)
            for (int other = one + 1; other < at.length; other++)
                slopes.add((used[other] - used[one]) / (at[other] - at[one]));
        return slopes.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    /** The median height of the line at {@code middle}. */
    private static double level(double[] at, double[] used, double slope, double middle) {
        var levels = new double[at.length];
        for (int day = 0; day < at.length; day++) levels[day] = used[day] - slope * (at[day] - middle);
        return quantile(levels, 0.5);
    }

    /** How many pairs the 90 % interval spans: z times the standard deviation of Kendall's S. */
    private static double spread(int days, int pairs) {
        double deviation = Math.sqrt(days * (days - 1.0) * (2.0 * days + 5) / 18);
        return Math.min(pairs - 1, Z_90 * deviation);
    }

    private static double ranked(double[] sorted, double rank) {
        return sorted[Math.clamp(Math.round(rank), 0, sorted.length - 1)];
    }

    private static double quantile(double[] values, double share) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
