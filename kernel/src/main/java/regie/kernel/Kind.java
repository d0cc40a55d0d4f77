package regie.kernel;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One sort of declared resource. From this alone it gets apply, plan, export, REST, watch, CLI, authorisation, audit and schema.
 *
 * @param name as in a manifest, such as {@code Fleet}
 * @param plural as in a URL, such as {@code fleets}
 * @param fresh the status of a resource that was just declared
 * @param work whether each change of a resource, and of what it owns, puts it on the work queue under the kind's name
 * @param finalises whether a deletion waits for a loop to finish it with {@link Resources#finish}
 * @param names whether its resources are the projects that others are in
 * @param columns what a table shows beside project and name
 */
public record Kind<S extends Spec, T extends Status>(
        String name,
        String plural,
        Scope scope,
        Class<S> spec,
        Class<T> status,
        T fresh,
        boolean work,
        boolean finalises,
        boolean names,
        String about,
        List<Column<S, T>> columns) {

    public enum Scope {
        /** One name in the whole estate; changed by operators. */
        ESTATE,
        /** One name in a project; changed by its members. */
        PROJECT
    }

    /**
     * @param wide shown only where the reader asked for more
     * @param value empty string where there is nothing to show
     */
    public record Column<S extends Spec, T extends Status>(
            String title, boolean wide, Function<Declared<S, T>, String> value) {}

    public Kind {
        Check.that(name.matches("[A-Z][A-Za-z]+"), "kind name " + name);
        Check.that(plural.matches("[a-z][a-z-]+"), "kind plural " + plural);
        Check.that(!finalises || work, "a kind that finalises has a loop that does the work");
        columns = List.copyOf(columns);
    }

    /** A kind that is only read by others: no status, no loop. */
    public static <S extends Spec> Kind<S, Status.None> plain(
            String name, String plural, Scope scope, Class<S> spec, String about) {
        return new Kind<>(
                name, plural, scope, spec, Status.None.class, Status.None.NONE, false, false, false, about, List.of());
    }

    /** A kind that shows a status, which somebody writes now and then without a loop. */
    public static <S extends Spec, T extends Status> Kind<S, T> shown(
            String name, String plural, Scope scope, Class<S> spec, Class<T> status, T fresh, String about) {
        return new Kind<>(name, plural, scope, spec, status, fresh, false, false, false, about, List.of());
    }

    /** A kind with a loop that works on it and finishes its deletion. */
    public static <S extends Spec, T extends Status> Kind<S, T> worked(
            String name, String plural, Scope scope, Class<S> spec, Class<T> status, T fresh, String about) {
        return new Kind<>(name, plural, scope, spec, status, fresh, true, true, false, about, List.of());
    }

    public Kind<S, T> column(String title, Function<Declared<S, T>, Object> value) {
        return with(new Column<>(title, false, value.andThen(Kind::shown)));
    }

    public Kind<S, T> wideColumn(String title, Function<Declared<S, T>, Object> value) {
        return with(new Column<>(title, true, value.andThen(Kind::shown)));
    }

    /** The same, of resources that others are in: a change of one concerns all of those. */
    public Kind<S, T> ofProjects() {
        return new Kind<>(name, plural, scope, spec, status, fresh, work, finalises, true, about, columns);
    }

    public Key key(String project, String resource) {
        return new Key(name, scope == Scope.ESTATE ? "" : project, resource);
    }

    private Kind<S, T> with(Column<S, T> column) {
        var more = new java.util.ArrayList<>(columns);
        more.add(column);
        return new Kind<>(name, plural, scope, spec, status, fresh, work, finalises, names, about, more);
    }

    private static String shown(Object value) {
        return switch (value) {
            case Optional<?> maybe -> maybe.map(Kind::shown).orElse("");
            case Enum<?> constant -> Json.name(constant);
            case Collection<?> many -> many.stream().map(Kind::shown).collect(Collectors.joining(", "));
            default -> value.toString();
        };
    }
}
