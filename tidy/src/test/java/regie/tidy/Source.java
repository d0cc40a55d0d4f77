package regie.tidy;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One text file of the tree; {@code path} counts from the root, with slashes. */
record Source(String path, String text) {
    private static final Pattern CODE = Pattern.compile(".*\\.(java|sh|sql|ts|tsx|js|mjs|css|py|c)|regie|\\.ci/run");

    boolean isJava() {
        return path.endsWith(".java");
    }

    boolean isMainJava() {
        return isJava() && path.contains("/src/main/");
    }

    boolean isCode() {
        return CODE.matcher(path).matches();
    }

    boolean isPom() {
        return path.equals("pom.xml") || path.endsWith("/pom.xml");
    }

    /** The same file with another text, line for line: to look at its code or at its strings alone. */
    Source with(String otherText) {
        return new Source(path, otherText);
    }

    /** One finding for each place where {@code pattern} matches; what was matched is shown on one line. */
    List<Finding> find(Pattern pattern) {
        return pattern.matcher(text)
                .results()
                .map(match -> new Finding(
                        path, lineAt(match.start()), match.group().strip().replaceAll("\\s+", " ")))
                .collect(Collectors.toList());
    }

    int lineAt(int offset) {
        return 1 + (int) text.chars().limit(offset).filter(c -> c == '\n').count();
    }
}
