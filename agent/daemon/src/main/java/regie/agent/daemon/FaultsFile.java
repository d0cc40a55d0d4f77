package regie.agent.daemon;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import regie.agent.contract.Timeline;
import regie.engine.simulated.Faults;

/**
 * What simulated hosts are to suffer, from a file that may be changed at any time. One line for a host or a range of them,
 * the last that names a host counts: {@code par1-h[01-20] contact=partitioned boot-millis=500 dead}.
 */
final class FaultsFile {
    private static final long LOOK_MILLIS = 500;
    private static final Logger LOG = System.getLogger("regie.agent");

    private final Path file;
    private final SimulatedHosts hosts;
    private final Timeline timeline;
    private String known = "";

    FaultsFile(Path file, SimulatedHosts hosts, Timeline timeline) {
        this.file = file;
        this.hosts = hosts;
        this.timeline = timeline;
    }

    /** What one line says. */
    record Told(List<String> words) {
        boolean dead() {
            return words.contains("dead");
        }

        /** Another value than the last kills all guests that run there, once; empty for nobody. */
        String kill() {
            return words.stream()
                    .filter(word -> word.startsWith("kill="))
                    .findFirst()
                    .orElse("");
        }

        /** @throws IllegalArgumentException where a word is no fault */
        Faults faults(Faults usual) {
            var faults = usual;
            for (var word : words) faults = with(faults, word);
            return faults;
        }

        private static Faults with(Faults faults, String word) {
            var parts = word.split("=", 2);
            var value = parts.length == 2 ? parts[1] : "";
            return switch (parts[0]) {
                case "dead", "kill" -> faults;
                case "no-warden" -> faults.unwatched(true);
                case "full" -> faults.full(true);
                case "boot-fails" -> faults.bootFails(true);
                case "boot-millis" -> faults.bootMillis(Long.parseLong(value));
                case "answer-millis" -> faults.answerMillis(Long.parseLong(value));
                case "move-millis" -> faults.moveMillis(Long.parseLong(value));
                case "moves" -> faults.moves(Faults.Moves.valueOf(constant(value)));
                case "contact" -> faults.contact(Faults.Contact.valueOf(constant(value)));
                case "disk" -> faults.disk(Faults.Disk.valueOf(constant(value)));
                case "reboots" -> faults.reboots(Faults.Reboots.valueOf(constant(value)));
                case "lie" -> faults.lie(Faults.Lie.valueOf(constant(value)));
                default -> throw new IllegalArgumentException("'%s' is no fault".formatted(word));
            };
        }

        private static String constant(String value) {
            return value.toUpperCase(Locale.ROOT).replace('-', '_');
        }
    }

    /** Looks now and, from then on, twice a second. */
    void watch() {
        try {
            var text = Files.readString(file);
            if (!text.equals(known)) {
                known = text;
                hosts.suffer(parse(text));
            }
        } catch (NoSuchFileException none) {
            if (!known.isEmpty()) hosts.suffer(Map.of());
            known = "";
        } catch (IOException | IllegalArgumentException unreadable) {
            LOG.log(Level.WARNING, "{0} is passed over: {1}", file, unreadable.getMessage());
        }
        timeline.after(LOOK_MILLIS, this::watch);
    }

    /** @throws IllegalArgumentException where a line can't be understood; it names the line */
    static Map<String, Told> parse(String text) {
        var told = new HashMap<String, Told>();
        int number = 0;
        for (var line : text.split("\n", -1)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) continue;
            try {
                var words = Arrays.asList(line.strip().split("\\s+", -1));
                var one = new Told(List.copyOf(words.subList(1, words.size())));
                one.faults(Faults.NONE);
                ServerNames.expand(words.getFirst()).forEach(name -> told.put(name, one));
            } catch (IllegalArgumentException malformed) {
                throw new IllegalArgumentException("line %d: %s".formatted(number, malformed.getMessage()), malformed);
            }
        }
        return told;
    }
}
