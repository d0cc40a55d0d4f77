package regie.rest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import regie.kernel.Declared;
import regie.kernel.Json;
import regie.kernel.Key;
import regie.kernel.Kind;
import regie.kernel.Selection;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Where a page of a list ends, as text. It says where the last resource stood and not how many came before, so writes move no page. */
final class Cursor {
    private static final String SORTED = "~";

    private Cursor() {}

    /** What a sorted list's cursor holds. */
    record Position(String project, String name, Optional<String> value) {}

    static String of(Selection which, Declared<?, ?> last) {
        if (which.sort().isEmpty()) return last.project().isEmpty() ? last.name() : last.project() + "/" + last.name();
        var after = which.behind(last);
        var position = new Position(after.key().project(), after.key().name(), after.value());
        return SORTED
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Json.write(position).getBytes(StandardCharsets.UTF_8));
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
        try {
            var json = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(cursor.substring(SORTED.length())));
            if (!json.path("project").isString() || !json.path("name").isString()) throw new IllegalArgumentException();
            var value = Optional.ofNullable(json.get("value")).map(JsonNode::asString);
            value.ifPresent(which.sort().orElseThrow().field()::check);
            var key = new Key(
                    kind.name(),
                    json.path("project").asString(),
                    json.path("name").asString());
            return new Selection.After(key, value);
        } catch (IllegalArgumentException | JacksonException e) {
            throw request.bad("after", "after is %s; expected the `next` of the page before".formatted(cursor));
        }
    }
}
