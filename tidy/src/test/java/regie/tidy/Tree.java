package regie.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** All text files of the project, without what a build made. */
record Tree(List<Source> sources) {
    private static final Set<String> SKIPPED = Set.of("target", "node_modules", ".git", ".idea", ".vscode");

    static Tree ofProject() throws IOException {
        return read(root());
    }

    /** Surefire runs in the module's folder: the root is the one above with the script. */
    static Path root() {
        var root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("regie"))) {
            root = Objects.requireNonNull(root.getParent(), "no folder above holds the script `regie`");
        }
        return root;
    }

    static Tree read(Path root) throws IOException {
        var sources = new ArrayList<Source>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                var skipped = SKIPPED.contains(folder.getFileName().toString()) && !folder.equals(root);
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!file.endsWith(".git")) { // a file, not a folder, in a linked checkout
                    add(root, file, sources);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return new Tree(List.copyOf(sources));
    }

    /** A file that is no UTF-8 is no text, and no rule's business. */
    private static void add(Path root, Path file, List<Source> sources) {
        try {
            sources.add(new Source(root.relativize(file).toString(), Files.readString(file)));
        } catch (CharacterCodingException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> paths() {
        return sources.stream().map(Source::path).collect(Collectors.toUnmodifiableSet());
    }
}
