package regie.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A statement with named parameters as JDBC takes it.
 *
 * @param text with a question mark for each parameter
 * @param names of the parameters, in their order; one may come several times
 */
record Sql(String text, List<String> names) {
    /** Statements are constants of the code, but for the few forms of lists: past so many, all are read anew. */
    private static final int KNOWN_MAX = 1_000;

    private static final Map<String, Sql> KNOWN = new ConcurrentHashMap<>();

    static Sql of(String named) {
        if (KNOWN.size() > KNOWN_MAX) KNOWN.clear();
        return KNOWN.computeIfAbsent(named, Sql::parse);
    }

    private static Sql parse(String named) {
        var text = new StringBuilder(named.length());
        var names = new ArrayList<String>();
        for (int at = 0; at < named.length(); ) {
            int end = tokenEnd(named, at);
            if (named.charAt(at) == ':' && end > at + 1 && named.charAt(at + 1) != ':') {
                names.add(named.substring(at + 1, end));
                text.append('?');
            } else {
                text.append(named, at, end);
            }
            at = end;
        }
        return new Sql(text.toString(), List.copyOf(names));
    }

    /** Behind the quoted text, comment, cast, parameter or single character that begins at {@code at}. */
    private static int tokenEnd(String sql, int at) {
        return switch (sql.charAt(at)) {
            case '\'' -> behind(sql, "'", at + 1);
            case '"' -> behind(sql, "\"", at + 1);
            case '-' -> sql.startsWith("--", at) ? behind(sql, "\n", at) : at + 1;
            case ':' -> sql.startsWith("::", at) ? at + 2 : nameEnd(sql, at + 1);
            default -> at + 1;
        };
    }

    private static int behind(String sql, String mark, int from) {
        int found = sql.indexOf(mark, from);
        return found < 0 ? sql.length() : found + mark.length();
    }

    private static int nameEnd(String sql, int from) {
        int end = from;
        if (end < sql.length() && !Character.isJavaIdentifierStart(sql.charAt(end))) return end; // a part of an array
        while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) end++;
        return end;
    }
}
