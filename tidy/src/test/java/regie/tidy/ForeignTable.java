package regie.tidy;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A room's SQL, in Java strings or in migrations, that names the schema of another room. */
record ForeignTable() implements Rule {
    private static final Pattern ROOM = Pattern.compile("rooms/(?<room>\\w+)/src/main/.*\\.(java|sql)");
    private static final Pattern TABLE = Pattern.compile(
            "\\b(?:from|join|into|update|table|references|exists|only|using|on|truncate|view|index)\\s+\"?"
                    + "(?<schema>identity|estate|network|storage|compute|monitoring|oncall|continuity|environments|billing|delivery)"
                    + "\"?\\.\"?[a-z_]+",
            Pattern.CASE_INSENSITIVE);

    @Override
    public String name() {
        return "foreign-table";
    }

    @Override
    public String reason() {
        return "a room keeps its promises with its own tables; whoever else writes or reads them breaks them unseen";
    }

    @Override
    public String instead() {
        return "downward, call the room's door; upward, read its facts in the revision log";
    }

    @Override
    public List<Finding> findings(Source source) {
        var path = ROOM.matcher(source.path());
        if (!path.matches()) {
            return List.of();
        }
        var sql = source.isJava() ? JavaText.stringsOnly(source.text()) : source.text();
        return TABLE.matcher(sql)
                .results()
                .filter(table -> !table.group("schema").equalsIgnoreCase(path.group("room")))
                .map(table -> new Finding(source.path(), source.lineAt(table.start()), onOneLine(table)))
                .toList();
    }

    private static String onOneLine(MatchResult table) {
        return table.group().replaceAll("\\s+", " ");
    }
}
