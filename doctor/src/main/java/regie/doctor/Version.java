package regie.doctor;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** The first version number in what a program says of itself. */
record Version(int major, int minor, String text) implements Comparable<Version> {
    private static final Pattern NUMBER =
            Pattern.compile("\\b[v]?(?<text>(?<major>\\d{1,6})\\.(?<minor>\\d{1,6})[\\w.]*)");
    private static final Comparator<Version> ORDER =
            Comparator.comparingInt(Version::major).thenComparingInt(Version::minor);

    static Optional<Version> in(String said) {
        var number = NUMBER.matcher(said);
        if (!number.find()) return Optional.empty();
        return Optional.of(new Version(
                Integer.parseInt(number.group("major")),
                Integer.parseInt(number.group("minor")),
                number.group("text")));
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    boolean isAtLeast(int otherMajor, int otherMinor) {
        return compareTo(new Version(otherMajor, otherMinor, "")) >= 0;
    }
}
