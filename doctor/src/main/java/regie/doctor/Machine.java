package regie.doctor;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The machine that is looked at.
 *
 * @param root where its {@code /proc}, {@code /sys}, {@code /etc} and programs are; {@code /} but for a sample
 * @param isRoot whether we may do everything here
 */
record Machine(Path root, boolean isRoot) {
    /** In the order in which they are searched; a user's PATH often leaves out the {@code sbin} ones. */
    private static final List<String> PROGRAM_FOLDERS =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

    private static final long COMMAND_SECONDS_MAX = 10;
    private static final int OUTPUT_BYTES_MAX = 64 * 1024;

    /** What a program said, at most 64 KiB, and its exit code. */
    record Said(int code, String text) {
        boolean succeeded() {
            return code == 0;
        }

        /** The first line, for a row of a table. */
        String line() {
            return text.lines().findFirst().orElse("exit code " + code);
        }
    }

    static Machine here() {
        return new Machine(Path.of("/"), System.getProperty("user.name").equals("root"));
    }

    Path path(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    boolean has(String absolute) {
        return Files.exists(path(absolute));
    }

    /** The file's text without the white space around it; empty where it can't be read. */
    Optional<String> text(String absolute) {
        // Not Files.readAllBytes: files of the kernel have no size, and some tell all in the first read or nothing.
        try (var in = new FileInputStream(path(absolute).toFile())) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The names in a folder, sorted; none where there is no such folder. */
    List<String> names(String absolute) {
        try (Stream<Path> paths = Files.list(path(absolute))) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    Optional<Path> program(String name) {
        return PROGRAM_FOLDERS.stream()
                .map(folder -> path(folder).resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs a program to its end; empty where it is not there or takes longer than ten seconds. */
    Optional<Said> run(String program, String... arguments) {
        return run("", COMMAND_SECONDS_MAX, program, List.of(arguments));
    }

    /** @param input what it reads from standard input */
    Optional<Said> run(String input, long secondsMax, String program, List<String> arguments) {
        return program(program)
                .flatMap(file -> run(
                        input,
                        secondsMax,
                        Stream.concat(Stream.of(file.toString()), arguments.stream())
                                .toList()));
    }

    private static Optional<Said> run(String input, long secondsMax, List<String> command) {
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("LC_ALL", "C");
            var process = builder.start();
            var end = process.onExit().orTimeout(secondsMax, TimeUnit.SECONDS).whenComplete((_, late) -> {
                if (late != null) process.destroyForcibly();
            });
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // it ended without reading; its exit code tells
            }
            var text = new String(process.getInputStream().readNBytes(OUTPUT_BYTES_MAX), StandardCharsets.UTF_8);
            process.getInputStream().close();
            return end.handle((ended, late) -> late == null
                            ? Optional.of(new Said(ended.exitValue(), text.strip()))
                            : Optional.<Said>empty())
                    .join();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
