package regie.agent.daemon;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The server an agent stands for, or a range of them: {@code par1-h01}, {@code par1-h[01-60]}. */
final class ServerNames {
    static final int NAMES_MAX = 20_000;

    private static final String LABEL = "[a-z0-9.-]{0,63}";
    private static final Pattern ONE = Pattern.compile("[a-z0-9]" + LABEL);
    private static final Pattern RANGE =
            Pattern.compile("([a-z0-9]" + LABEL + ")\\[(\\d{1,6})-(\\d{1,6})](" + LABEL + ")");

    private ServerNames() {}

    /** @throws IllegalArgumentException where {@code text} is neither a name nor an upward range of at most {@link #NAMES_MAX} */
    static List<String> expand(String text) {
        if (ONE.matcher(text).matches()) return List.of(text);
        var range = RANGE.matcher(text);
        if (!range.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no server's name and no range: expected par1-h01 or par1-h[01-60]".formatted(text));
        }
        int first = Integer.parseInt(range.group(2));
        int last = Integer.parseInt(range.group(3));
        if (last < first || last - first >= NAMES_MAX) {
            throw new IllegalArgumentException(
                    "'%s' must run upward over at most %d servers".formatted(text, NAMES_MAX));
        }
        var form = "%s%%0%dd%s".formatted(range.group(1), range.group(2).length(), range.group(4));
        return IntStream.rangeClosed(first, last).mapToObj(form::formatted).toList();
    }
}
