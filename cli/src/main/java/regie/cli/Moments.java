package regie.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Points in time for reading. */
final class Moments {
    private Moments() {}

    /** {@code 2026-11-20T06:10:12Z, 7 min ago}; the text itself where it is no moment. */
    static String since(String moment, Instant now) {
        try {
            var at = Instant.parse(moment);
            return "%s, %s".formatted(at.truncatedTo(ChronoUnit.SECONDS), distance(at, now));
        } catch (DateTimeException e) {
            return moment;
        }
    }

    static String distance(Instant at, Instant now) {
        if (at.isAfter(now)) return "in " + rough(Duration.between(now, at));
        return rough(Duration.between(at, now)) + " ago";
    }

    /** The largest unit of which there are at least two. */
    static String rough(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 120) return seconds + " s";
        if (seconds < 7_200) return seconds / 60 + " min";
        if (seconds < 172_800) return seconds / 3_600 + " h";
        return seconds / 86_400 + " days";
    }

    /** In UTC, to the millisecond; the text itself where it is no moment. */
    static String time(String moment) {
        return cut(moment, ChronoUnit.MILLIS);
    }

    /** In UTC, to the second. */
    static String second(String moment) {
        return cut(moment, ChronoUnit.SECONDS);
    }

    private static String cut(String moment, ChronoUnit unit) {
        try {
            return Instant.parse(moment).truncatedTo(unit).toString();
        } catch (DateTimeException e) {
            return moment;
        }
    }
}
