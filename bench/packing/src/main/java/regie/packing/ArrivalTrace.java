package regie.packing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Virtual machines as they arrived in a public cloud, in steps of five minutes, with how long each stayed.
 *
 * <p>A machine whose duration is in the bin that ends at k steps counts from the step of its arrival for k steps, and for one at
 * least; it leaves before anything arrives in the step after. One that outlived the trace (censored) stays to its end.
 *
 * @param guests in the order they arrived
 * @param steps from the first line to the last
 */
record ArrivalTrace(String name, List<Arrival> guests, int steps) {
    static final int STEP_SECONDS = 300;
    static final int STAYS = Integer.MAX_VALUE;

    private static final Pattern DURATIONS = Pattern.compile("(.+)\\.c\\d+\\.txt");
    private static final Pattern DURATION = Pattern.compile("([UC])(\\d{1,3})");

    /**
     * @param flavor from 0
     * @param batch of machines that one tenant asked for in one step
     * @param before how many of its batch came before it
     * @param leaves the step before which it has gone, or {@link #STAYS}
     */
    record Arrival(int step, int flavor, int cores, int memoryMiB, int batch, int before, int leaves) {}

    /** Cores and memory of a flavor, and its number. */
    private record Flavor(int number, int cores, int memoryMiB) {}

    /**
     * All pairs of a flavor trace {@code NAME.txt} and a duration trace {@code NAME.cSECONDS.txt}, by name. A duration trace
     * without the other is left out where some pair is whole.
     */
    static List<ArrivalTrace> in(Path folder) throws IOException {
        var flavors = flavors(map(folder, "flav_map.txt"));
        var bins = bins(map(folder, "v1.interval_map.txt"));
        var found = new ArrayList<ArrivalTrace>();
        var alone = new ArrayList<String>();
        for (var durations : durations(folder)) {
            var matched = DURATIONS.matcher(String.valueOf(durations.getFileName()));
            if (!matched.matches()) continue;
            var pair = durations.resolveSibling(matched.group(1) + ".txt");
            if (Files.isRegularFile(pair))
                found.add(new Reader(matched.group(1), pair, durations, flavors, bins).read());
            else alone.add("%s is missing, the flavor trace that goes with %s".formatted(pair, durations));
        }
        if (!found.isEmpty()) return found;
        if (!alone.isEmpty()) throw new IOException(String.join("; ", alone));
        throw new IOException("no duration trace NAME.cSECONDS.txt is in %s or in its traces".formatted(folder));
    }

    private static List<Path> durations(Path folder) throws IOException {
        var found = new ArrayList<Path>();
        for (var each : List.of(folder, folder.resolve("traces"))) {
            if (!Files.isDirectory(each)) continue;
            try (var files = Files.list(each)) {
                found.addAll(files.filter(Files::isRegularFile).toList());
            }
        }
        found.sort(Comparator.comparing(Path::getFileName).thenComparing(Comparator.naturalOrder()));
        return found;
    }

    private static Path map(Path folder, String name) throws IOException {
        for (var each : List.of(folder.resolve("maps").resolve(name), folder.resolve(name)))
            if (Files.isRegularFile(each)) return each;
        throw new IOException("%s is missing, in %s and in its maps".formatted(name, folder));
    }

    /** Lines such as {@code 1,1.75 b}: cores, memory in GiB, letter. */
    private static Map<String, Flavor> flavors(Path file) throws IOException {
        var flavors = new HashMap<String, Flavor>();
        for (var line : Files.readAllLines(file)) {
            var parts = line.split("[, ]", -1);
            if (parts.length != 3 || !parts[0].matches("\\d{1,3}") || !parts[1].matches("\\d{1,4}(\\.\\d{1,3})?"))
                throw new Malformed(file, "line \"%s\"".formatted(line), "CORES,GIB LETTER");
            int memory = (int) Math.ceil(Double.parseDouble(parts[1]) * 1024);
            flavors.put(parts[2], new Flavor(flavors.size(), Integer.parseInt(parts[0]), memory));
        }
        return flavors;
    }

    /** Lines such as {@code 3900 13}: a duration in seconds and its bin. Gives each bin's end in steps. */
    private static Map<Integer, Integer> bins(Path file) throws IOException {
        var ends = new HashMap<Integer, Integer>();
        for (var line : Files.readAllLines(file)) {
            if (!line.matches("\\d{1,8} \\d{1,3}"))
                throw new Malformed(file, "line \"%s\"".formatted(line), "SECONDS BIN");
            var parts = line.split(" ", 2);
            ends.merge(Integer.parseInt(parts[1]), Integer.parseInt(parts[0]) / STEP_SECONDS, Math::max);
        }
        return ends;
    }

    /** Reads two files side by side. */
    private static final class Reader {
        private final String name;
        private final Path flavorFile;
        private final Path durationFile;
        private final Map<String, Flavor> flavors;
        private final Map<Integer, Integer> bins;
        private final List<Arrival> guests = new ArrayList<>();
        private int batch;

        Reader(
                String name,
                Path flavorFile,
                Path durationFile,
                Map<String, Flavor> flavors,
                Map<Integer, Integer> bins) {
            this.name = name;
            this.flavorFile = flavorFile;
            this.durationFile = durationFile;
            this.flavors = flavors;
            this.bins = bins;
        }

        ArrivalTrace read() throws IOException {
            var flavorLines = Files.readAllLines(flavorFile);
            var durationLines = Files.readAllLines(durationFile);
            if (flavorLines.size() != durationLines.size() || flavorLines.isEmpty())
                throw new Malformed(durationFile, "as a whole", flavorLines.size() + " lines, and one at least");
            long first = -1;
            int step = -1;
            for (int at = 0; at < flavorLines.size(); at++) {
                var line = flavorLines.get(at).split(" ", 2);
                var other = durationLines.get(at).split(" ", 2);
                var where = "line " + (at + 1);
                if (line.length != 2 || !line[0].matches("\\d{1,10}"))
                    throw new Malformed(flavorFile, where, "SECONDS and flavors");
                if (other.length != 2 || !other[0].equals(line[0]))
                    throw new Malformed(durationFile, where, line[0] + " and durations");
                long seconds = Long.parseLong(line[0]);
                if (first < 0) first = seconds;
                long now = (seconds - first) / STEP_SECONDS;
                if (now <= step || now > 1_000_000 || (seconds - first) % STEP_SECONDS != 0)
                    throw new Malformed(flavorFile, where, "a time that is steps of 300 s after the one before");
                step = (int) now;
                line(step, where, words(line[1]), words(other[1]));
            }
            return new ArrivalTrace(name, List.copyOf(guests), step + 1);
        }

        private void line(int step, String where, String[] words, String[] durations) throws IOException {
            if (words.length != durations.length)
                throw new Malformed(durationFile, where, words.length + " words between commas");
            int before = 0;
            for (int at = 0; at < words.length; at++) {
                var place = "%s, word %d".formatted(where, at + 1);
                boolean bound = words[at].equals("|");
                if (bound != durations[at].equals("|"))
                    throw new Malformed(durationFile, place, "batches that end alike");
                if (bound) {
                    batch++;
                    before = 0;
                    continue;
                }
                var flavor = flavors.get(words[at]);
                if (flavor == null) throw new Malformed(flavorFile, place, "a letter of the map of flavors");
                int leaves = leaves(step, durations[at], place);
                guests.add(new Arrival(
                        step, flavor.number(), flavor.cores(), flavor.memoryMiB(), batch, before++, leaves));
            }
            batch++;
        }

        /** A line ends with a comma or without. */
        private static String[] words(String line) {
            return line.replaceFirst(",$", "").split(",", -1);
        }

        private int leaves(int step, String text, String place) throws IOException {
            var duration = DURATION.matcher(text);
            var end = duration.matches() ? bins.get(Integer.parseInt(duration.group(2))) : null;
            if (end == null) throw new Malformed(durationFile, place, "U or C and a bin of the map of intervals");
            return duration.group(1).equals("C") ? STAYS : step + Math.max(1, end);
        }
    }
}
