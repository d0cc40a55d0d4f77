package regie.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What this tree wants of a machine, read where the tree says it.
 *
 * @param root of the repository
 */
record Pins(Path root) {
    private static final Pattern JAVA = Pattern.compile("JAVA_VERSION=(?<version>\\d+)");
    private static final Pattern MAVEN = Pattern.compile("MAVEN_VERSION=(?<version>[\\d.]+)");
    private static final Pattern POSTGRES =
            Pattern.compile("<postgresql-binaries.version>(?<version>\\d+\\.\\d+)[\\d.]*</");

    /** A line of script/packages.txt. */
    record Wanted(String group, String name, String witness) {}

    int java() {
        return find("script/java.sh", JAVA)
                .map(Integer::parseInt)
                .orElse(Runtime.version().feature());
    }

    Optional<String> maven() {
        return find("script/maven.sh", MAVEN);
    }

    /** Of the programs inside the embedded PostgreSQL's jar. */
    Optional<String> postgres() {
        return find("pom.xml", POSTGRES);
    }

    List<Wanted> packages() {
        return parse(text("script/packages.txt"));
    }

    static List<Wanted> parse(String table) {
        return table.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.strip().split("\\s+", 3))
                .filter(words -> words.length == 3)
                .map(words -> new Wanted(words[0], words[1], words[2]))
                .toList();
    }

    private Optional<String> find(String file, Pattern pattern) {
        var found = pattern.matcher(text(file));
        return found.find() ? Optional.of(found.group("version")) : Optional.empty();
    }

    private String text(String file) {
        try {
            return Files.readString(root.resolve(file));
        } catch (IOException e) {
            return "";
        }
    }
}
