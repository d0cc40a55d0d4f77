package regie.rest;

import java.util.Optional;
import regie.kernel.Cursor;
import regie.kernel.Declared;
import regie.kernel.Kind;
import regie.kernel.Selection;

/** The {@code next} and {@code after} of a list: readable where it is in order of name, else a {@link Cursor}. */
final class PageEnd {
    private static final String SORTED = "~";

    private PageEnd() {}

    static String of(Selection which, Declared<?, ?> last) {
        if (which.sort().isEmpty()) return last.project().isEmpty() ? last.name() : last.project() + "/" + last.name();
        return SORTED + Cursor.of(which.behind(last));
    }

    /** Reads what {@link #of} wrote for the same {@code which}. */
    static Selection.After read(Request request, Kind<?, ?> kind, Selection which, String cursor) {
        if (cursor.startsWith(SORTED) != which.sort().isPresent())
            throw request.bad("after", "after is %s, the `next` of a list with another sort".formatted(cursor));
        return which.sort().isPresent() ? sorted(request, kind, which, cursor) : plain(kind, which.project(), cursor);
    }

    /** Within one project a cursor may name it or not. */
    private static Selection.After plain(Kind<?, ?> kind, Optional<String> project, String cursor) {
        int slash = cursor.indexOf('/');
        var key = slash < 0
                ? kind.key(project.orElse(""), cursor)
                : kind.key(cursor.substring(0, slash), cursor.substring(slash + 1));
        return new Selection.After(key, Optional.empty());
    }

    private static Selection.After sorted(Request request, Kind<?, ?> kind, Selection which, String cursor) {
        return Cursor.parse(kind, which.sort(), cursor.substring(SORTED.length()))
                .orElseThrow(() ->
                        request.bad("after", "after is %s; expected the `next` of the page before".formatted(cursor)));
    }
}
