package regie.cli;

import java.util.List;
import java.util.Map;

/** Why a word could not be carried out: ends the program with {@link #exitCode} and the text of {@link FailurePage}. */
final class Failure extends RuntimeException {
    private final int exitCode;
    private final String code;
    private final List<SourceProblem> problems;
    private final Map<String, String> sources;

    /** What is wrong at one place of a manifest; line and column count from 1. */
    record SourceProblem(String file, int line, int column, String message) {}

    /**
     * @param code stable, lower-case with dashes; docs/problems/CODE.md explains it
     * @param message the thing, the value and the way out
     */
    Failure(int exitCode, String code, String message) {
        this(exitCode, code, message, List.of(), Map.of());
    }

    /** @param sources text of the manifests by the name under which {@code problems} speak of them */
    Failure(int exitCode, String code, String message, List<SourceProblem> problems, Map<String, String> sources) {
        super(message);
        this.exitCode = exitCode;
        this.code = code;
        this.problems = problems;
        this.sources = sources;
    }

    /** The same, able to show the lines that are wrong. */
    Failure in(Map<String, String> texts) {
        return new Failure(exitCode, code, message(), problems, texts);
    }

    static Failure usage(String message) {
        return new Failure(ExitCode.USAGE, "usage", message);
    }

    int exitCode() {
        return exitCode;
    }

    String code() {
        return code;
    }

    List<SourceProblem> problems() {
        return problems;
    }

    Map<String, String> sources() {
        return sources;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
