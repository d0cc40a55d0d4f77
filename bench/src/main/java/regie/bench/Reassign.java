package regie.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import regie.kernel.Clock;
import regie.packing.Reassignment;

/** The machine reassignment problem of the ROADEF/EURO challenge 2012, in the files that it has published. */
final class Reassign implements Lab.Experiment {
    private static final int SECONDS = 60;
    private static final int SECONDS_MAX = 86_400;

    @Override
    public String name() {
        return "reassign";
    }

    @Override
    public String arguments() {
        return "MODEL ASSIGNMENT [--seconds N] [--out FILE] [--seed S]";
    }

    @Override
    public String about() {
        return "machine reassignment (ROADEF/EURO 2012): reads both files as published and writes a better assignment\n"
                + "      to FILE, or to ASSIGNMENT.new, within N seconds (60 where nobody says otherwise)";
    }

    @Override
    public Result run(List<String> words) throws Arguments.Wrong, IOException, InterruptedException {
        var files = new ArrayList<Path>();
        int seconds = SECONDS;
        long seed = 1;
        var out = new ArrayList<Path>();
        for (int at = 0; at < words.size(); at++) {
            var word = words.get(at);
            if (!word.startsWith("-")) {
                files.add(Path.of(word));
                continue;
            }
            if (at + 1 == words.size()) throw new Arguments.Wrong("%s wants a value".formatted(word));
            var value = words.get(++at);
            switch (word) {
                case "--seconds" -> seconds = (int) number(word, value, SECONDS_MAX);
                case "--seed" -> seed = number(word, value, Integer.MAX_VALUE);
                case "--out" -> out.add(Path.of(value));
                default -> throw new Arguments.Wrong("'%s' is not known here".formatted(word));
            }
        }
        if (files.size() != 2)
            throw new Arguments.Wrong("expected a MODEL and an ASSIGNMENT, got %d files".formatted(files.size()));
        for (var file : files) if (!Files.isRegularFile(file)) throw new IOException("there is no file " + file);
        var target = out.isEmpty() ? Path.of(files.get(1) + ".new") : out.getLast();
        var done =
                Reassignment.run(files.get(0), files.get(1), target, Duration.ofSeconds(seconds), seed, Clock.SYSTEM);
        System.out.println("The new assignment is in " + target);
        return new Result.Builder()
                .figure("initial_cost", (double) done.initialCost())
                .figure("final_cost", (double) done.finalCost())
                .figure("lower_bound", (double) done.lowerBound())
                .figure("seconds", done.seconds())
                .limitedBy("the time");
    }

    private static long number(String word, String value, int most) throws Arguments.Wrong {
        if (!value.matches("\\d{1,10}") || Long.parseLong(value) < 1 || Long.parseLong(value) > most)
            throw new Arguments.Wrong("%s is '%s', expected a number from 1 to %d".formatted(word, value, most));
        return Long.parseLong(value);
    }
}
