package regie.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rows as a human reads them, or as a program does. */
final class Page {
    private static final List<String> TITLES = List.of("FOR", "WHAT", "STATE", "FOUND");

    private Page() {}

    /** Two blanks between the columns; a remedy stands below its row. */
    static String table(List<Row> rows, boolean coloured) {
        int[] widths = {4, width(rows.stream().map(Row::what).toList(), TITLES.get(1)), 8};
        var page = new StringBuilder(line(widths, TITLES).stripTrailing()).append('\n');
        for (var row : rows) {
            var line = line(widths, List.of(word(row.use()), row.what(), word(row.state()), safe(row.found())));
            page.append(coloured ? paint(row.state(), line) : line).append('\n');
            if (!row.remedy().isEmpty())
                page.append(" ".repeat(6)).append("→ ").append(row.remedy()).append('\n');
        }
        return page.append('\n').append(summary(rows)).append('\n').toString();
    }

    private static int width(List<String> cells, String title) {
        return Math.max(
                title.length(), cells.stream().mapToInt(String::length).max().orElse(0));
    }

    private static String line(int[] widths, List<String> cells) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(cells.get(i)).repeat(' ', widths[i] - cells.get(i).length() + 2);
        }
        return line.append(cells.getLast()).toString();
    }

    private static String paint(Row.State state, String line) {
        var code = switch (state) {
            case OK -> "32";
            case DEGRADED -> "33";
            case MISSING -> "31";
        };
        var word = " " + word(state) + " ";
        return line.replaceFirst(word, " \033[" + code + "m" + word.strip() + "\033[0m ");
    }

    static String summary(List<Row> rows) {
        var missing =
                rows.stream().filter(Row::keepsRoomFromRunning).map(Row::what).toList();
        var room = missing.isEmpty()
                ? "The control room can run here."
                : "The control room can't run here; what it misses: %s.".formatted(String.join(", ", missing));
        return "%s %d ok, %d degraded, %d missing."
                .formatted(
                        room,
                        count(rows, Row.State.OK),
                        count(rows, Row.State.DEGRADED),
                        count(rows, Row.State.MISSING));
    }

    private static long count(List<Row> rows, Row.State state) {
        return rows.stream().filter(row -> row.state() == state).count();
    }

    static String json(List<Row> rows) {
        var items = new ArrayList<String>();
        for (var row : rows) {
            items.add("    {\"for\": %s, \"what\": %s, \"state\": %s, \"found\": %s, \"remedy\": %s}"
                    .formatted(
                            quoted(word(row.use())),
                            quoted(row.what()),
                            quoted(word(row.state())),
                            quoted(row.found()),
                            quoted(row.remedy())));
        }
        boolean ready = rows.stream().noneMatch(Row::keepsRoomFromRunning);
        return "{\n  \"ready\": %s,\n  \"rows\": [\n%s\n  ]\n}\n".formatted(ready, String.join(",\n", items));
    }

    /** A string of JSON. */
    static String quoted(String text) {
        var json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    /** What programs said, without what could play tricks on a terminal. */
    private static String safe(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
