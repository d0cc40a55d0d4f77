package regie.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code regie lab}: experiments that take what they work on from files of yours, or longer than a test may. */
final class Lab {
    private static final List<Experiment> EXPERIMENTS = Stream.concat(
                    Stream.of(
                            new Reassign(),
                            new SurviveStorms(),
                            new Fuzzing(),
                            new Soak(),
                            new Upgrade(),
                            new RealDeaths(),
                            new Drains()),
                    Deaths.experiments().stream())
            .toList();
    private static final int USAGE = 64;
    private static final int UNREADABLE = 66;

    private Lab() {}

    /** One word behind {@code regie lab}. */
    interface Experiment {
        String name();

        /** What stands behind the name. */
        String arguments();

        String about();

        /**
         * @throws Arguments.Wrong where the words are not what was expected
         * @throws IOException where a file is missing or malformed; says which, and where
         */
        Result run(List<String> words) throws Arguments.Wrong, IOException, InterruptedException;
    }

    public static void main(String[] words) {
        System.exit(run(List.of(words)));
    }

    private static int run(List<String> words) {
        if (words.isEmpty() || List.of("--help", "-h").contains(words.getFirst())) {
            System.out.print(usage());
            return 0;
        }
        try {
            for (var each : EXPERIMENTS) {
                if (!each.name().equals(words.getFirst())) continue;
                System.out.println(each.run(words.subList(1, words.size())).line(each.name()));
                return 0;
            }
            throw new Arguments.Wrong("there is no experiment '%s'".formatted(words.getFirst()));
        } catch (Arguments.Wrong wrong) {
            System.err.printf("regie lab: %s%n%n%s", wrong.getMessage(), usage());
            return USAGE;
        } catch (IOException failed) {
            System.err.println("regie lab: " + failed.getMessage());
            return UNREADABLE;
        } catch (InterruptedException stopped) {
            return 130;
        }
    }

    private static String usage() {
        var text = new StringBuilder(
                "Usage: ./regie lab NAME ARGUMENT…\n\nEnds with a line: RESULT NAME key=number …\n\n");
        for (var each : EXPERIMENTS)
            text.append(String.format(Locale.ROOT, "  %s %s%n      %s%n", each.name(), each.arguments(), each.about()));
        return text.toString();
    }
}
