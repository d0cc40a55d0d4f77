package regie.rest;

import java.util.List;
import java.util.Optional;
import regie.identity.Register;
import regie.kernel.Kind;
import regie.kernel.ManifestWriter;
import regie.kernel.Spec;
import regie.kernel.Status;

/**
 * A page of resources.
 *
 * @param next the {@code after} of the next page; absent on the last one
 * @param position for a watch that goes on where this list ends
 */
record ListView(List<?> items, Optional<String> next, String position) {

    /** The same as text for people: what the kind's columns show. */
    record Table(List<String> columns, List<TableRow> rows, Optional<String> next) {}

    record TableRow(Optional<String> project, String name, List<String> cells) {}

    static ListView of(Register.Page<?, ?> page, Optional<FieldChoice> fields) {
        var items = page.items().stream().map(ResourceView::of);
        return new ListView(
                fields.isPresent() ? items.map(fields.get()::of).toList() : items.toList(),
                next(page),
                page.position().toString());
    }

    static <S extends Spec, T extends Status> Table table(Kind<S, T> kind, Register.Page<S, T> page, boolean wide) {
        var columns =
                kind.columns().stream().filter(column -> wide || !column.wide()).toList();
        var rows = page.items().stream()
                .map(item -> new TableRow(
                        Optional.of(item.project()).filter(project -> !project.isEmpty()),
                        item.name(),
                        columns.stream()
                                .map(column -> column.value().apply(item))
                                .toList()))
                .toList();
        return new Table(columns.stream().map(Kind.Column::title).toList(), rows, next(page));
    }

    static String yaml(Register.Page<?, ?> page) {
        var text = new StringBuilder();
        for (var item : page.items()) text.append(ManifestWriter.write(item));
        return text.toString();
    }

    private static Optional<String> next(Register.Page<?, ?> page) {
        return page.more() ? Optional.of(PageEnd.of(page.which(), page.items().getLast())) : Optional.empty();
    }
}
