package regie.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A list as the room makes it for {@code ?as=table}: titles in capitals, then a line per resource. */
final class TablePage {
    private TablePage() {}

    /** One line, before alignment. */
    record Line(ResourceKey key, List<String> cells) {}

    static List<String> titles(JsonNode table, boolean withProject) {
        var titles = new ArrayList<String>();
        if (withProject) titles.add("PROJECT");
        titles.add("NAME");
        for (var column : table.path("columns")) titles.add(title(column.isString() ? column : column.path("title")));
        return titles;
    }

    static List<Line> lines(JsonNode table, KindEntry kind, boolean withProject) {
        var lines = new ArrayList<Line>();
        for (var row : table.path("rows")) {
            var key = kind.key(Json.text(row, "project"), Json.text(row, "name"));
            var cells = new ArrayList<String>();
            if (withProject) cells.add(key.project());
            cells.add(key.name());
            for (var cell : row.path("cells")) cells.add(Json.shown(cell));
            lines.add(new Line(key, cells));
        }
        return lines;
    }

    static List<String> render(List<String> titles, List<Line> lines, Ink ink) {
        var columns = new Columns().row(titles);
        lines.forEach(line -> columns.row(line.cells()));
        var rendered = new ArrayList<>(columns.lines());
        rendered.set(0, ink.on(Ink.Colour.BOLD, rendered.getFirst()));
        return rendered;
    }

    private static String title(JsonNode title) {
        return Json.shown(title).toUpperCase(Locale.ROOT);
    }
}
