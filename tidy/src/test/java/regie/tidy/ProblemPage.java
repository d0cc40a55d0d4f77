package regie.tidy;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page {@code docs/problems/CODE.md} that is named, by its path or by the code of a refusal, and is not there.
 *
 * @param paths all files of the tree
 */
record ProblemPage(Set<String> paths) implements Rule {
    private static final Pattern PATH = Pattern.compile("docs/problems/(?<code>[a-z0-9-]+)\\.md");
    private static final Pattern CODE =
            Pattern.compile("String code\\(\\) *\\{\\s*return \"(?<code>[a-z0-9-]+)\";", Pattern.DOTALL);

    @Override
    public String name() {
        return "problem-page";
    }

    @Override
    public String reason() {
        return "whoever is refused at night follows that link";
    }

    @Override
    public String instead() {
        return "write the page: what it means, why it is so, what to do";
    }

    @Override
    public List<Finding> findings(Source source) {
        var codes =
                source.isMainJava() ? CODE.matcher(source.text()).results() : Stream.<java.util.regex.MatchResult>of();
        return Stream.concat(PATH.matcher(source.text()).results(), codes)
                .filter(match -> !paths.contains("docs/problems/" + match.group("code") + ".md"))
                .map(match -> new Finding(
                        source.path(), source.lineAt(match.start()), "no docs/problems/" + match.group("code") + ".md"))
                .toList();
    }
}
