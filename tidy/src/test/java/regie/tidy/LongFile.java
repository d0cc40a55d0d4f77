package regie.tidy;

import java.util.List;

record LongFile() implements Rule {
    private static final int LINES_MAX = 400;

    @Override
    public String name() {
        return "long-file";
    }

    @Override
    public String reason() {
        return "good files have 50 to 150 lines; past " + LINES_MAX + " a second thing hides inside";
    }

    @Override
    public String instead() {
        return "look for the second thing and give it a file and a name";
    }

    @Override
    public List<Finding> findings(Source source) {
        long lines = source.text().lines().count();
        if (!source.isCode() || lines <= LINES_MAX) {
            return List.of();
        }
        return List.of(new Finding(source.path(), LINES_MAX + 1, lines + " lines"));
    }
}
