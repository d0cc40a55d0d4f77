package regie.bench;

import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;
import regie.death.BigStorm;
import regie.death.DeathTrials;
import regie.death.PlantedBugs;
import regie.death.Play;
import regie.death.Seeds;

/** The death of hosts, simulated: figures, seeds, one seed as a story, and the bugs that have to be found. */
final class Deaths {
    private static final String LIMITS =
            "Virtual time: the figures hang on the protocol and the simulated delays, not on this machine.";

    private Deaths() {}

    static List<Lab.Experiment> experiments() {
        return List.of(new Trials(), new Storm(), new Nightly(), new Replay(), new Planted());
    }

    /** {@code --trials N} or a bare number; {@code otherwise} where nothing is said. */
    private static int number(List<String> words, String option, int otherwise) throws Arguments.Wrong {
        var text = words.isEmpty() ? "" + otherwise : words.getLast();
        boolean known =
                words.size() <= 1 || (words.size() == 2 && words.getFirst().equals(option));
        if (!known || !text.matches("[1-9]\\d{0,7}"))
            throw new Arguments.Wrong("'%s' is not known here; expected %s and a number from 1 to 99999999"
                    .formatted(String.join(" ", words), option));
        return Integer.parseInt(text);
    }

    private static final class Trials implements Lab.Experiment {
        @Override
        public String name() {
            return "death";
        }

        @Override
        public String arguments() {
            return "[--trials N]";
        }

        @Override
        public String about() {
            return "Lets N (1,000) of 3,000 simulated hosts die in seven ways; how long until their guests start elsewhere.";
        }

        @Override
        public Result run(List<String> words) throws Arguments.Wrong, IOException {
            try {
                var sum = DeathTrials.run(number(words, "--trials", 1_000), 1);
                ToDoubleFunction<List<Double>> p99 = values -> DeathTrials.Sum.percentile(values, 99);
                return new Result.Builder()
                        .figure("restart_p99_s", p99.applyAsDouble(sum.bmc()))
                        .figure("replace_p99_s", p99.applyAsDouble(sum.replaced()))
                        .figure("restart_fast_p99_s", p99.applyAsDouble(sum.fast()))
                        .figure("restart_safe_p99_s", p99.applyAsDouble(sum.safe()))
                        .figure("all_guests_p99_s", p99.applyAsDouble(sum.spread()))
                        .figure("double_runs", sum.doubleRuns())
                        .figure("lost_guests", sum.lost())
                        .figure("gray_touched", sum.grayTouched())
                        .limitedBy(LIMITS);
            } catch (Play.Failure failure) {
                throw new IOException(failure.getMessage(), failure);
            }
        }
    }

    private static final class Storm implements Lab.Experiment {
        @Override
        public String name() {
            return "storm";
        }

        @Override
        public String arguments() {
            return "";
        }

        @Override
        public String about() {
            return "3,000 simulated hosts: the room is away for ten minutes; then a tenth of the hosts vanishes within 100 ms.";
        }

        @Override
        public Result run(List<String> words) throws Arguments.Wrong, IOException {
            if (!words.isEmpty()) throw new Arguments.Wrong("'%s' is not known here".formatted(words.getFirst()));
            try {
                var sum = BigStorm.run(1);
                return new Result.Builder()
                        .figure("vanished", sum.vanished())
                        .figure("fenced", sum.fenced())
                        .figure("events", sum.events())
                        .figure("room_away_touched", sum.touched())
                        .limitedBy(LIMITS);
            } catch (Play.Failure failure) {
                throw new IOException(failure.getMessage(), failure);
            }
        }
    }

    private static final class Nightly implements Lab.Experiment {
        @Override
        public String name() {
            return "seeds";
        }

        @Override
        public String arguments() {
            return "[N]";
        }

        @Override
        public String about() {
            return "Plays N (10,000) small estates through storms, harmless trouble, and rooms that are away; every promise is checked.";
        }

        @Override
        public Result run(List<String> words) throws Arguments.Wrong, IOException {
            var sum = Seeds.run(1, number(words, "--seeds", 10_000));
            sum.broken().forEach(System.out::println);
            if (!sum.broken().isEmpty())
                throw new IOException("%d of %d seeds broke a promise; ./regie lab replay SEED tells how"
                        .formatted(sum.broken().size(), sum.seeds()));
            return new Result.Builder()
                    .figure("seeds", (double) sum.seeds())
                    .figure("events", (double) sum.events())
                    .figure("condemned", (double) sum.condemned())
                    .figure("dead", (double) sum.dead())
                    .figure("restarts", (double) sum.restarts())
                    .figure("broken", 0)
                    .limitedBy(LIMITS);
        }
    }

    private static final class Replay implements Lab.Experiment {
        @Override
        public String name() {
            return "replay";
        }

        @Override
        public String arguments() {
            return "SEED";
        }

        @Override
        public String about() {
            return "Tells what happens in one of the small estates of 'seeds', line by line.";
        }

        @Override
        public Result run(List<String> words) throws Arguments.Wrong, IOException {
            if (words.isEmpty()) throw new Arguments.Wrong("replay wants a SEED");
            try {
                var outcome = Play.run(number(words, "--seed", 1), true);
                outcome.story().forEach(System.out::println);
                return new Result.Builder()
                        .figure("events", (double) outcome.events())
                        .figure("condemned", outcome.condemned())
                        .figure("dead", outcome.dead())
                        .figure("broken", 0)
                        .limitedBy(LIMITS);
            } catch (Play.Failure failure) {
                failure.story().forEach(System.out::println);
                throw new IOException(failure.getMessage(), failure);
            }
        }
    }

    private static final class Planted implements Lab.Experiment {
        private static final int SEEDS_MAX = 1_000;

        @Override
        public String name() {
            return "planted";
        }

        @Override
        public String arguments() {
            return "";
        }

        @Override
        public String about() {
            return "Switches on one planted bug after the other; each has to be found within %,d seeds."
                    .formatted(SEEDS_MAX);
        }

        @Override
        public Result run(List<String> words) throws Arguments.Wrong, IOException {
            if (!words.isEmpty()) throw new Arguments.Wrong("'%s' is not known here".formatted(words.getFirst()));
            var searches = PlantedBugs.search(SEEDS_MAX);
            for (var each : searches) System.out.printf("%-32s %s%n    %s%n", each.name(), each.about(), each.how());
            long found =
                    searches.stream().filter(each -> each.seed().isPresent()).count();
            if (found < searches.size())
                throw new IOException(
                        "%d of %d planted bugs were not found".formatted(searches.size() - found, searches.size()));
            return new Result.Builder()
                    .figure("found", (double) found)
                    .figure("planted", searches.size())
                    .limitedBy(LIMITS);
        }
    }
}
