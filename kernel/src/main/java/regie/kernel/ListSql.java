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
        text.append(" where kind = :kind");
        bind("kind", kind.name());
        which.project().ifPresent(project -> and("project = :project", "project", project));
        if (!which.labels().isEmpty()) and("labels @> :labels::jsonb", "labels", Json.write(which.labels()));
        which.owner().ifPresent(owner -> and("owner = :owner", "owner", owner));
        for (int at = 0; at < which.where().size(); at++) filter(which.where().get(at), "steps" + at, "value" + at);
        which.sort().ifPresentOrElse(sort -> sorted(sort, which.after()), () -> byName(which.after()));
        text.append(" limit :most");
        bind("most", which.most());
    }

    /** What is not asked for is not in the text either: a plan that has to be right for both reads and sorts every row. */
    private void and(String condition, String name, Object value) {
        text.append(" and ").append(condition);
        bind(name, value);
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

    private void byName(Optional<Selection.After> after) {
        after.ifPresent(last -> {
            text.append(" and (project, name) > (:afterProject, :afterName)");
            bind("afterProject", last.key().project(), "afterName", last.key().name());
        });
        text.append(" order by project, name");
    }

    private void sorted(Sort sort, Optional<Selection.After> after) {
        bind(
                "afterProject",
                after.map(last -> last.key().project()),
                "afterName",
                after.map(last -> last.key().name()));
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
