package regie.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * A list of one kind, in all its formats, page by page.
 *
 * @param project empty for all projects
 */
record Listing(Room room, KindEntry kind, Optional<String> project, Narrowing narrowing) {
    private static final int PAGE = 1000;

    /** The resource itself where one name is given, else an object with {@code items}. */
    List<String> json(List<String> names) {
        if (names.size() == 1) return List.of(Json.pretty(room.get(path(names.getFirst()))));
        var all = Json.object();
        var items = all.putArray("items");
        if (names.isEmpty()) items(items::add);
        else for (var name : names) items.add(room.get(path(name)));
        return List.of(Json.pretty(all));
    }

    void items(Consumer<JsonNode> each) {
        pages("", page -> page.path("items").forEach(each));
    }

    /** Manifests, which applied again change nothing. */
    List<String> yaml(List<String> names) {
        var texts = new ArrayList<String>();
        if (!names.isEmpty()) {
            for (var name : names) texts.add(room.yaml(path(name)));
            return separated(texts);
        }
        // The cursor comes from the JSON of the same page: a manifest has no place for one.
        var after = Optional.<String>empty();
        do {
            var query = query("", after);
            texts.add(room.yaml(kind.listPath(project) + query));
            after = Optional.of(Json.text(room.get(kind.listPath(project) + query("as=table", after)), "next"))
                    .filter(next -> !next.isEmpty());
        } while (after.isPresent());
        return separated(texts);
    }

    /** @return every page of the table; at least one, also where it has no rows */
    List<JsonNode> table(boolean wide) {
        var tables = new ArrayList<JsonNode>();
        pages(wide ? "as=table&wide=true" : "as=table", tables::add);
        return tables;
    }

    /** Behind all that a list read after this holds. */
    String position() {
        return Json.text(room.get(kind.listPath(project) + "?limit=1"), "position");
    }

    String path(String name) {
        return kind.path(project.orElse(""), name);
    }

    private void pages(String format, Consumer<JsonNode> each) {
        var after = Optional.<String>empty();
        do {
            var page = room.get(kind.listPath(project) + query(format, after));
            each.accept(page);
            after = Optional.of(Json.text(page, "next")).filter(next -> !next.isEmpty());
        } while (after.isPresent());
    }

    private String query(String format, Optional<String> after) {
        var query = new StringBuilder("?limit=").append(PAGE);
        if (!format.isEmpty()) query.append('&').append(format);
        query.append(narrowing.query());
        after.ifPresent(cursor -> query.append("&after=").append(Address.part(cursor)));
        return query.toString();
    }

    private static List<String> separated(List<String> documents) {
        var texts = new ArrayList<String>();
        for (var text : documents) {
            if (text.isBlank()) continue;
            if (!texts.isEmpty() && !text.startsWith("---")) texts.add("---\n");
            texts.add(text.endsWith("\n") ? text : text + "\n");
        }
        return texts;
    }
}
