package regie.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The table of a list; with {@code -w} followed by each line that becomes another, and those that go. */
final class LiveTable {
    private final Session session;
    private final Listing listing;
    private final List<String> names;
    private final GetCommand.Output output;
    private final boolean withProject;

    LiveTable(Session session, Listing listing, List<String> names, GetCommand.Output output) {
        this.session = session;
        this.listing = listing;
        this.names = names;
        this.output = output;
        this.withProject = !listing.kind().estate() && listing.project().isEmpty();
    }

    void print(boolean watch) {
        // Taken first, so that no change falls between listing and listening.
        var position = watch ? Optional.of(listing.position()) : Optional.<String>empty();
        var pages = pages();
        var lines = lines(pages);
        var titles = TablePage.titles(pages.getFirst(), withProject);
        show(titles, lines);
        if (watch) follow(titles, lines, position);
        else missing(lines).ifPresent(this::refuse);
    }

    private void show(List<String> titles, List<TablePage.Line> lines) {
        var out = session.terminal().out();
        if (output == GetCommand.Output.NAME) {
            lines.forEach(line -> out.println(line.key()));
        } else if (!lines.isEmpty()) {
            TablePage.render(titles, lines, session.terminal().ink()).forEach(out::println);
        } else if (names.isEmpty()) {
            session.terminal().err().println(nothing());
        }
        out.flush();
    }

    private void follow(List<String> titles, List<TablePage.Line> shown, Optional<String> position) {
        var before = byKey(shown);
        try (var events = EventStream.open(listing.room(), query(), position)) {
            while (!session.terminal().out().checkError()) {
                events.awaitNews();
                var now = byKey(lines(pages()));
                news(titles, before, now);
                before.clear();
                before.putAll(now);
            }
        }
    }

    private void news(
            List<String> titles, Map<ResourceKey, TablePage.Line> before, Map<ResourceKey, TablePage.Line> now) {
        var other = now.values().stream()
                .filter(line -> !line.equals(before.get(line.key())))
                .toList();
        if (!other.isEmpty()) show(titles, other);
        for (var key : before.keySet())
            if (!now.containsKey(key)) session.terminal().out().println(key + " is gone");
    }

    private String query() {
        var query = "kind=" + Address.part(listing.kind().name());
        if (listing.kind().estate() || listing.project().isEmpty()) return query;
        return query + "&project=" + Address.part(listing.project().get());
    }

    private List<JsonNode> pages() {
        return listing.table(output == GetCommand.Output.WIDE);
    }

    private List<TablePage.Line> lines(List<JsonNode> pages) {
        return pages.stream()
                .flatMap(page -> TablePage.lines(page, listing.kind(), withProject).stream())
                .filter(line -> names.isEmpty() || names.contains(line.key().name()))
                .toList();
    }

    private static Map<ResourceKey, TablePage.Line> byKey(List<TablePage.Line> lines) {
        var map = new LinkedHashMap<ResourceKey, TablePage.Line>();
        lines.forEach(line -> map.put(line.key(), line));
        return map;
    }

    private Optional<String> missing(List<TablePage.Line> lines) {
        var found = lines.stream().map(line -> line.key().name()).toList();
        return names.stream().filter(name -> !found.contains(name)).findFirst();
    }

    private void refuse(String name) {
        // The room says it best, and it may have come into being meanwhile.
        listing.room().get(listing.path(name));
    }

    private String nothing() {
        var where = listing.kind().estate()
                ? ""
                : listing.project().map(name -> " in project " + name).orElse(" in any project");
        return "No %s%s.".formatted(listing.kind().plural(), where);
    }
}
