package regie.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import regie.lab.Command;

/**
 * An earlier version of the program, built out of the history of this clone.
 *
 * @param root a folder with its whole tree and what was built of it; kept for the next time
 */
record Release(String commit, Path root) {
    private static final long BUILD_SECONDS_MAX = 3_600;
    private static final long GIT_SECONDS_MAX = 60;

    /**
     * @param revision as git names it; empty for the newest release: that of the newest tag, or else of the newest description in
     *     {@code contracts/released}
     * @throws IOException where this clone has no such history
     */
    static Release build(Path repository, String revision) throws IOException {
        var commit = commit(repository, revision.isEmpty() ? newest(repository) : revision);
        var root = Bench.cache("release-" + commit.substring(0, 12));
        if (!Files.isDirectory(root)) unpack(repository, commit, root);
        Bench.say("building %s, which takes minutes where it was not built before", commit.substring(0, 12));
        Command.run(BUILD_SECONDS_MAX, List.of(root.resolve("regie").toString(), "build"));
        return new Release(commit, root);
    }

    private static String newest(Path repository) throws IOException {
        var tags = git(repository, "tag", "--merged", "HEAD", "--sort=-version:refname", "--list", "v*");
        if (!tags.isEmpty()) return tags.lines().findFirst().orElseThrow();
        var added =
                git(repository, "log", "-1", "--format=%H", "--diff-filter=A", "--", "contracts/released/openapi-*");
        if (!added.isEmpty()) return added;
        throw new IOException(
                "this clone has neither a tag nor the history of contracts/released; name a commit by --from");
    }

    private static String commit(Path repository, String revision) throws IOException {
        return git(repository, "rev-parse", "--verify", "--end-of-options", revision + "^{commit}");
    }

    /** Beside its place first, so that an interrupted run leaves no half tree. */
    private static void unpack(Path repository, String commit, Path root) throws IOException {
        Files.createDirectories(root.getParent());
        var part = Files.createTempDirectory(root.getParent(), "release-");
        var archive = part.resolve("tree.tar");
        git(repository, "archive", "--output", archive.toString(), commit);
        Command.run(GIT_SECONDS_MAX, List.of("tar", "-x", "-f", archive.toString(), "-C", part.toString()));
        Files.delete(archive);
        Files.move(part, root);
    }

    private static String git(Path repository, String... words) throws IOException {
        var command = new java.util.ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(words));
        return Command.run(GIT_SECONDS_MAX, command);
    }
}
