package regie.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a benchmark came to.
 *
 * @param figures of the last line: key with its unit, such as {@code p99_s}
 * @param samples by what they are, unit included, such as {@code fleet of 500 runs, s}
 * @param versions of what took part beside Regie and the JVM
 * @param limits what the figures hang on, in words
 */
record Result(Map<String, Double> figures, Map<String, Samples> samples, Map<String, String> versions, String limits) {

    static final class Builder {
        private final Map<String, Double> figures = new LinkedHashMap<>();
        private final Map<String, Samples> samples = new LinkedHashMap<>();
        private final Map<String, String> versions = new LinkedHashMap<>();

        Builder figure(String key, double value) {
            figures.put(key, value);
            return this;
        }

        Builder samples(String what, Samples measured) {
            samples.put(what, measured);
            return this;
        }

        Builder version(String what, String version) {
            versions.put(what, version);
            return this;
        }

        Result limitedBy(String limits) {
            return new Result(figures, samples, versions, limits);
        }
    }

    /** The line that programs read. */
    String line(String name) {
        return "RESULT " + name + " "
                + figures.entrySet().stream()
                        .map(figure -> figure.getKey() + "=" + number(figure.getValue()))
                        .collect(Collectors.joining(" "));
    }

    /** Whole where it is, else with three decimals. */
    static String number(double value) {
        return value == Math.rint(value) ? Long.toString(Math.round(value)) : String.format(Locale.ROOT, "%.3f", value);
    }
}
