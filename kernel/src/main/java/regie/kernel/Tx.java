package regie.kernel;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * One transaction. Statements take named parameters as {@code :name}, given as name and value in turn; a collection becomes an
 * array for {@code unnest}, an empty {@code Optional} becomes null, and anything else is passed as it is.
 */
public final class Tx {
    /** An array of no type yet: PostgreSQL takes the type from what it is compared with. */
    private static final Argument EMPTY_ARRAY =
            (position, statement, _) -> statement.setObject(position, "{}", Types.OTHER);

    private final Handle handle;
    private final Actor actor;
    private final Set<String> hints = new LinkedHashSet<>();
    private final Set<UUID> handled = new HashSet<>();
    private final List<ChangeLog.Written> written = new ArrayList<>();
    private int parts;

    Tx(Handle handle, Actor actor) {
        this.handle = handle;
        this.actor = actor;
    }

    public Actor actor() {
        return actor;
    }

    /** @return how many rows it changed */
    public int change(String sql, Object... parameters) {
        try (var update = handle.createUpdate(sql)) {
            return bind(update, parameters).execute();
        }
    }

    public <T> List<T> query(String sql, Function<Row, T> mapper, Object... parameters) {
        try (var query = handle.createQuery(sql)) {
            return bind(query, parameters).scanResultSet((rows, context) -> {
                var found = new ArrayList<T>();
                try (context) {
                    var resultSet = rows.get();
                    var row = new Row(resultSet);
                    while (resultSet.next()) found.add(mapper.apply(row));
                }
                return found;
            });
        }
    }

    public <T> Optional<T> first(String sql, Function<Row, T> mapper, Object... parameters) {
        return query(sql, mapper, parameters).stream().findFirst();
    }

    /** After the commit, those who wait for {@code topic} are woken, here and on the other servers. Losing it costs a second at most. */
    public void hint(String topic) {
        hints.add(topic);
    }

    /**
     * Says that this transaction itself looks at {@code objects} and settles what their change comes to: they are not woken because
     * something that they own changes in it.
     */
    public void handles(Collection<UUID> objects) {
        handled.addAll(objects);
    }

    /**
     * Runs {@code work} as a part that can fail alone: what it throws undoes the part, and the transaction can go on. What it
     * wrote can be told from what others wrote.
     */
    public <R> R part(Actor whose, Function<Tx, R> work) {
        var part = new Tx(handle, whose);
        var mark = "part_" + ++parts;
        part.parts = parts;
        handle.savepoint(mark);
        try {
            R result = work.apply(part);
            handle.releaseSavepoint(mark);
            hints.addAll(part.hints);
            handled.addAll(part.handled);
            written.addAll(part.written);
            return result;
        } catch (RuntimeException e) {
            undo(mark, e);
            throw e;
        }
    }

    /** Where the connection is gone, so is all of the transaction. */
    private void undo(String mark, RuntimeException why) {
        try {
            handle.rollbackToSavepoint(mark);
        } catch (JdbiException e) {
            why.addSuppressed(e);
        }
    }

    /** To be told of each change of a declared resource, as it is written. */
    void wrote(Collection<ChangeLog.Written> changes) {
        written.addAll(changes);
    }

    List<ChangeLog.Written> written() {
        return List.copyOf(written);
    }

    boolean isHandled(UUID object) {
        return handled.contains(object);
    }

    Set<String> hints() {
        return hints;
    }

    Handle handle() {
        return handle;
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Object... parameters) {
        Check.that(parameters.length % 2 == 0, "parameters come as name and value in turn");
        for (int at = 0; at < parameters.length; at += 2) bind(statement, (String) parameters[at], parameters[at + 1]);
        return statement;
    }

    private static void bind(SqlStatement<?> statement, String name, @Nullable Object value) {
        switch (value) {
            case Optional<?> maybe -> bind(statement, name, maybe.orElse(null));
            case Instant instant -> statement.bind(name, instant.atOffset(ZoneOffset.UTC));
            case Id<?> id -> statement.bind(name, id.value());
            case Enum<?> constant -> statement.bind(name, constant.name());
            case Collection<?> many -> bindArray(statement, name, many);
            case null -> statement.bindByType(name, null, Object.class);
            default -> statement.bindByType(name, value, value.getClass());
        }
    }

    private static void bindArray(SqlStatement<?> statement, String name, Collection<?> many) {
        if (many.isEmpty()) {
            statement.bind(name, EMPTY_ARRAY);
            return;
        }
        var plain = many.stream().map(Tx::element).toList();
        var type = plain.stream().filter(java.util.Objects::nonNull).findFirst().map(Object::getClass);
        statement.bindArray(name, type.<java.lang.reflect.Type>map(t -> t).orElse(String.class), plain);
    }

    private static @Nullable Object element(@Nullable Object value) {
        return switch (value) {
            case Optional<?> maybe -> element(maybe.orElse(null));
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case Id<?> id -> id.value();
            case Enum<?> constant -> constant.name();
            case null -> null;
            default -> value;
        };
    }

    /** Types that {@link #bindArray} may meet, with PostgreSQL's names. */
    static void registerArrays(org.jdbi.v3.core.Jdbi jdbi) {
        jdbi.registerArrayType(UUID.class, "uuid");
        jdbi.registerArrayType(String.class, "text");
        jdbi.registerArrayType(Long.class, "bigint");
        jdbi.registerArrayType(Integer.class, "integer");
        jdbi.registerArrayType(Boolean.class, "boolean");
        jdbi.registerArrayType(OffsetDateTime.class, "timestamptz");
    }
}
