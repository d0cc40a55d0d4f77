package regie.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import regie.lab.MicroImage;
import regie.lab.Parts;
import regie.lab.Workspace;

/** {@code regie bench}: measures one thing and says what it came to; what runs meanwhile is gone when it ends. */
final class Bench {
    private static final int UNAVAILABLE = 69;
    private static final Path ALL = Path.of("/var/lib/regie-bench");
    private static final List<Benchmark> BENCHMARKS = List.of(
            new Fleet500(),
            new FleetReplace(),
            new FleetRestart(),
            new Start(),
            new Boot(),
            new Hosts10000(),
            new Numa(),
            new Azure(),
            new WhatIf(),
            new Placing(),
            new PlaceDurable(),
            new Api(),
            new Watchers(),
            new Footprint(),
            new Cli(),
            new Hail(),
            new Survive());

    private final Path repository;
    private final Workspace workspace;
    private final Parts parts;
    private final Optional<Path> folder;

    private Bench(Path repository, Workspace workspace, Parts parts, Optional<Path> folder) {
        this.folder = folder;
        this.repository = repository;
        this.workspace = workspace;
        this.parts = parts;
    }

    public static void main(String[] words) {
        Arguments arguments;
        try {
            arguments = Arguments.parse(List.of(words));
        } catch (Arguments.Wrong wrong) {
            System.err.printf("regie bench: %s%n%n%s", wrong.getMessage(), usage());
            System.exit(64);
            return;
        }
        System.exit(arguments.benchmark().isEmpty() ? list() : run(arguments));
    }

    /** For what is no benchmark and works on a room of its own all the same; gone with {@code parts}. */
    static Bench open(Parts parts) throws IOException {
        return new Bench(MicroImage.repository(), parts.add(Workspace.make(ALL)), parts, Optional.empty());
    }

    static List<Benchmark> all() {
        return BENCHMARKS;
    }

    Path repository() {
        return repository;
    }

    /** Where the published data is, of a benchmark that plays some. */
    Path folder() {
        return folder.orElseThrow();
    }

    /** A file or folder that is gone with this run. */
    Path file(String name) {
        return workspace.path().resolve(name);
    }

    /** Something that outlives this run and makes the next one faster. */
    static Path cache(String name) {
        return ALL.resolve(name);
    }

    /** What has to be taken down at the end, the last first. */
    <T extends AutoCloseable> T part(T part) {
        return parts.add(part);
    }

    /** Tells the human what is going on; standard output is for what was measured. */
    static void say(String format, Object... values) {
        System.err.printf(Locale.ROOT, "bench: " + format + "%n", values);
    }

    private static int list() {
        System.out.print(usage());
        return 0;
    }

    private static String usage() {
        var text = new StringBuilder(Arguments.USAGE);
        for (var each : BENCHMARKS) text.append("  %-12s %s%n".formatted(each.name(), each.about()));
        return text.toString();
    }

    private static int run(Arguments arguments) {
        var benchmark = arguments.benchmark().orElseThrow();
        try (var parts = new Parts()) {
            Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "stop"));
            var repository = MicroImage.repository();
            var before = Machine.look(repository);
            var bench = new Bench(repository, parts.add(Workspace.make(ALL)), parts, arguments.folder());
            int rounds = arguments.rounds().orElse(benchmark.rounds());
            var result = benchmark.measure(bench, rounds);
            var page = new ResultPage(benchmark, result, before, Machine.look(repository)).text();
            System.out.println(page);
            if (arguments.record()) {
                var file = repository.resolve("bench/results/" + benchmark.name() + ".md");
                Files.writeString(file, page);
                say("written to %s", repository.relativize(file));
            }
            System.out.println(result.line(benchmark.name()));
            return 0;
        } catch (IOException failed) {
            System.err.println("regie bench: " + failed.getMessage());
            return UNAVAILABLE;
        } catch (InterruptedException stopped) {
            return 130;
        }
    }
}
