package regie.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A {@code module-info.java} that requires a module of the same or of a higher floor. */
record UpwardImport(Floors floors) implements Rule {
    private static final Pattern MODULE = Pattern.compile("\\bmodule\\s+(?<name>regie\\.[\\w.]+)");
    private static final Pattern REQUIRES =
            Pattern.compile("\\brequires\\s+(?:static\\s+|transitive\\s+)*(?<name>regie\\.[\\w.]+)");

    @Override
    public String name() {
        return "upward-import";
    }

    @Override
    public String reason() {
        return "a room that knows only what is below it can be understood, tested and changed without the rest";
    }

    @Override
    public String instead() {
        return "downward a method call; upward a fact in the revision log; a new module gets its floor in floors.txt";
    }

    @Override
    public List<Finding> findings(Source source) {
        if (!source.path().endsWith("src/main/java/module-info.java")) {
            return List.of();
        }
        var code = JavaText.withoutComments(source.text());
        var module = MODULE.matcher(code);
        if (!module.find()) {
            return List.of(new Finding(source.path(), 1, "no module named regie.…"));
        }
        var name = module.group("name");
        if (floors.of(name).isEmpty()) {
            return List.of(new Finding(source.path(), source.lineAt(module.start()), name + " stands on no floor"));
        }
        var findings = new ArrayList<Finding>();
        REQUIRES.matcher(code).results().forEach(requires -> {
            var other = requires.group("name");
            if (floors.of(other).isEmpty() || !floors.mayRequire(name, other)) {
                findings.add(new Finding(source.path(), source.lineAt(requires.start()), name + " requires " + other));
            }
        });
        return findings;
    }
}
