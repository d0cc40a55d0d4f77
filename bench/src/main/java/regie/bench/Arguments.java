package regie.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The words behind {@code regie bench}; without a benchmark they are listed. */
record Arguments(Optional<Benchmark> benchmark, Optional<Path> folder, Optional<Integer> rounds, boolean record) {
    private static final int ROUNDS_MAX = 1_000;

    static final String USAGE = """
            Usage: ./regie bench [NAME [DIR] [--n N] [--record]]

            Measures one thing on this machine, and ends with a line: RESULT NAME key=number …

              DIR        where the published data is, for a benchmark that plays some
              --n N      measure so often, instead of the benchmark's own count
              --record   write what was measured to bench/results/NAME.md

            Needs root. Stop what else runs on the machine: the page names the load it was measured under.

            """;

    static final class Wrong extends Exception {
        Wrong(String message) {
            super(message);
        }
    }

    static Arguments parse(List<String> words) throws Wrong {
        Optional<Benchmark> benchmark = Optional.empty();
        Optional<Integer> rounds = Optional.empty();
        Optional<Path> folder = Optional.empty();
        boolean record = false;
        for (int at = 0; at < words.size(); at++) {
            var word = words.get(at);
            if (word.equals("--record")) {
                record = true;
            } else if (word.equals("--n")) {
                if (++at == words.size()) throw new Wrong("--n wants a number");
                rounds = Optional.of(count(words.get(at)));
            } else if (!word.startsWith("-") && benchmark.isEmpty()) {
                benchmark = Optional.of(named(word));
            } else if (!word.startsWith("-")
                    && folder.isEmpty()
                    && benchmark.get().playsData()) {
                folder = Optional.of(Path.of(word));
            } else if (!List.of("--help", "-h").contains(word)) {
                throw new Wrong("'%s' is not known here".formatted(word));
            }
        }
        if (benchmark.isEmpty() && (record || rounds.isPresent())) throw new Wrong("which benchmark?");
        if (folder.isEmpty() && benchmark.filter(Benchmark::playsData).isPresent())
            throw new Wrong("in which DIR is the data?");
        return new Arguments(benchmark, folder, rounds, record);
    }

    private static int count(String text) throws Wrong {
        if (!text.matches("[1-9]\\d{0,3}") || Integer.parseInt(text) > ROUNDS_MAX) {
            throw new Wrong("'%s' is no number from 1 to %d".formatted(text, ROUNDS_MAX));
        }
        return Integer.parseInt(text);
    }

    private static Benchmark named(String name) throws Wrong {
        return Bench.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Wrong("there is no benchmark '%s'".formatted(name)));
    }
}
