package regie.cli;

import java.util.ArrayList;
import java.util.List;

/** Text in columns, two blanks between, nothing behind the last. */
final class Columns {
    private final List<List<String>> rows = new ArrayList<>();

    Columns row(List<String> cells) {
        rows.add(cells.stream().map(cell -> Ink.plain(cell).replace('\n', ' ')).toList());
        return this;
    }

    Columns row(String... cells) {
        return row(List.of(cells));
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    List<String> lines() {
        var widths = widths();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private List<Integer> widths() {
        var widths = new ArrayList<Integer>();
        for (var row : rows) {
            for (int at = 0; at < row.size(); at++) {
                if (at == widths.size()) widths.add(0);
                widths.set(at, Math.max(widths.get(at), width(row.get(at))));
            }
        }
        return widths;
    }

    private static String line(List<String> row, List<Integer> widths) {
        var line = new StringBuilder();
        for (int at = 0; at < row.size(); at++) {
            var cell = row.get(at);
            line.append(cell);
            if (at < row.size() - 1) line.repeat(' ', widths.get(at) - width(cell) + 2);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
