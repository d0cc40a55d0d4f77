package regie.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The statement behind {@link Resources#list}. Only the words of {@link Filter} and {@link Sort} get into its text; all values are bound. */
final class ListSql {
    private final StringBuilder text = new StringBuilder(ResourceSql.SELECT);
    private final List<Object> parameters = new ArrayList<>();

    ListSql(Kind<?, ?> kind, Selection which) {
        text.append("""
                 where kind = :kind
                   and (:project::text is null or project = :project)
                   and labels @> :labels::jsonb
                   and (:owner::uuid is null or owner = :owner)
                """);
        bind(
                "kind",
                kind.name(),
                "project",
                which.project(),
                "labels",
                Json.write(which.labels()),
                "owner",
                which.owner());
        for (int at = 0; at < which.where().size(); at++) filter(which.where().get(at), "steps" + at, "value" + at);
        bind(
                "afterProject",
                which.after().map(after -> after.key().project()),
                "afterName",
                which.after().map(after -> after.key().name()));
        which.sort().ifPresentOrElse(sort -> sorted(sort, which.after()), this::byName);
        text.append(" limit :most");
        bind("most", which.most());
    }

    String text() {
        return text.toString();
    }

    Object[] parameters() {
        return parameters.toArray();
    }

    private void filter(Filter filter, String steps, String value) {
        text.append(" and ").append(filter.sql(steps, value));
        if (!filter.field().steps().isEmpty()) bind(steps, filter.field().steps());
        bind(value, filter.value());
    }

    private void byName() {
        text.append(
                " and (:afterName::text is null or (project, name) > (:afterProject, :afterName)) order by project, name");
    }

    private void sorted(Sort sort, Optional<Selection.After> after) {
        text.append(sort.condition()).append(" order by ").append(sort.order());
        if (!sort.field().steps().isEmpty()) bind("sortSteps", sort.field().steps());
        var value = after.flatMap(Selection.After::value);
        bind(
                "sortNothing",
                sort.nothing(),
                "afterNothing",
                value.isEmpty(),
                "afterValue",
                value.orElse(sort.nothing()));
    }

    private void bind(Object... more) {
        parameters.addAll(Arrays.asList(more));
    }
}
