package regie.cli;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** {@code --wait} and how long. */
final class Patience {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})(s|m|h)?");

    @Option(
            names = {"-w", "--wait"},
            description = "Waits until it is done, and shows what it waits for.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "How long --wait waits, such as 90s, 10m (the default) or 1h.")
    private String timeout = "10m";

    boolean asked() {
        return wait;
    }

    Duration limit() {
        var matcher = TEXT.matcher(timeout);
        if (!matcher.matches())
            throw Failure.usage(
                    "--timeout is \"%s\"; expected a number and s, m or h, such as 90s.".formatted(timeout));
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            case null, default -> Duration.ofSeconds(number);
        };
    }
}
