package regie.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names written in one: {@code par1-h[01-60]} stands for 60 names, {@code r[1-2]-h[01-20]} for 40. Leading zeros are kept.
 * In the labels and spec of the same document {@code $1} and {@code $2} stand for the number that each range has in this name.
 */
public final class NameRange {
    public static final int NAMES_MAX = 20_000;
    private static final int RANGES_MAX = 9;
    private static final Pattern RANGE = Pattern.compile("\\[(\\d{1,6})-(\\d{1,6})]");

    private NameRange() {}

    /** @param numbers what each range stands for in this name, in order */
    public record Name(String name, List<String> numbers) {
        /** Puts the numbers in for {@code $1}, {@code $2}, …; text without ranges behind it stays as it is. */
        public String fill(String text) {
            var filled = text;
            for (int at = numbers.size(); at >= 1; at--) filled = filled.replace("$" + at, numbers.get(at - 1));
            return filled;
        }
    }

    /**
     * All names that {@code pattern} stands for, in order; itself where it has no range.
     *
     * @throws BadField where a range runs backwards, or where there are more than {@link #NAMES_MAX} names or
     *     {@value #RANGES_MAX} ranges
     */
    public static List<Name> expand(String pattern) {
        var names = List.of(new Name("", List.of()));
        var matcher = RANGE.matcher(pattern);
        int ranges = 0;
        int end = 0;
        while (matcher.find()) {
            BadField.unless(++ranges <= RANGES_MAX, "name", pattern, "at most %d ranges".formatted(RANGES_MAX));
            var literal = literal(names, pattern.substring(end, matcher.start()));
            names = times(pattern, literal, matcher.group(1), matcher.group(2));
            end = matcher.end();
        }
        return literal(names, pattern.substring(end));
    }

    private static List<Name> literal(List<Name> names, String text) {
        if (text.isEmpty()) return names;
        return names.stream()
                .map(name -> new Name(name.name() + text, name.numbers()))
                .toList();
    }

    private static List<Name> times(String pattern, List<Name> names, String first, String last) {
        int from = Integer.parseInt(first);
        int to = Integer.parseInt(last);
        BadField.unless(from <= to, "name", pattern, "a range that runs upward: [%s-%s]".formatted(last, first));
        long count = (to - from + 1L) * names.size();
        BadField.unless(count <= NAMES_MAX, "name", pattern, "at most %d names, not %d".formatted(NAMES_MAX, count));
        var digits = "%0" + first.length() + "d";
        var all = new ArrayList<Name>((int) count);
        for (var name : names) {
            for (int number = from; number <= to; number++) {
                var text = digits.formatted(number);
                var numbers = new ArrayList<>(name.numbers());
                numbers.add(text);
                all.add(new Name(name.name() + text, List.copyOf(numbers)));
            }
        }
        return all;
    }
}
