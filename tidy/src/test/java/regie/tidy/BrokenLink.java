package regie.tidy;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A relative link of a Markdown page that leads nowhere: to no file or folder, or to no heading of the page itself.
 *
 * @param paths all files of the tree
 */
record BrokenLink(Set<String> paths) implements Rule {
    private static final Pattern LINK = Pattern.compile("\\]\\((?<target>[^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    private static final Pattern CODE = Pattern.compile("^```.*?^```|`[^`\\n]*`", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern HEADING = Pattern.compile("^#+ +(?<text>.+)$", Pattern.MULTILINE);

    @Override
    public String name() {
        return "broken-link";
    }

    @Override
    public String reason() {
        return "a page that sends its reader nowhere is not believed in the rest either";
    }

    @Override
    public String instead() {
        return "link to a file or folder of this tree, counted from the page's own folder";
    }

    @Override
    public List<Finding> findings(Source source) {
        if (!source.path().endsWith(".md")) {
            return List.of();
        }
        // As long as before, so that lines stay.
        var prose = CODE.matcher(source.text()).replaceAll(code -> code.group().replaceAll("[^\\n]", " "));
        return LINK.matcher(prose)
                .results()
                .filter(link -> !leads(source, link.group("target")))
                .map(link -> finding(source, link))
                .toList();
    }

    private static Finding finding(Source source, MatchResult link) {
        return new Finding(source.path(), source.lineAt(link.start()), link.group("target") + " is not there");
    }

    private boolean leads(Source source, String target) {
        if (ELSEWHERE.matcher(target).matches()) {
            return true;
        }
        if (target.startsWith("#")) {
            return anchors(source.text()).contains(target.substring(1));
        }
        var file = target.replaceFirst("#.*", "");
        var place = Path.of("/", source.path()).resolveSibling(file).normalize().toString();
        var path = place.substring(1);
        return !file.startsWith("/")
                && (paths.contains(path)
                        || path.isEmpty()
                        || paths.stream().anyMatch(other -> other.startsWith(path + "/")));
    }

    /** Headings as the sites that show Markdown name them: lower case, dashes for blanks, no punctuation. */
    private static Set<String> anchors(String text) {
        return HEADING.matcher(text)
                .results()
                .map(heading -> heading.group("text").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
