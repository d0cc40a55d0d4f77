package regie.kernel;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One transaction. Statements take named parameters as {@code :name}, given as name and value in turn; a collection becomes an
 * array for {@code unnest}, an empty {@code Optional} becomes null, and anything else is passed as it is.
 */
public final class Tx {
    /** Types of which there may be many, with PostgreSQL's names. */
    private static final Map<Class<?>, String> ARRAYS = Map.of(
            UUID.class, "uuid",
            String.class, "text",
            Long.class, "bigint",
            Integer.class, "integer",
            Boolean.class, "boolean",
            OffsetDateTime.class, "timestamptz");

    private final Connection connection;
    private final Actor actor;
    private final Set<String> hints = new LinkedHashSet<>();
    private final Set<UUID> handled = new HashSet<>();
    private final List<ChangeLog.Written> written = new ArrayList<>();
    private int parts;

    Tx(Connection connection, Actor actor) {
        this.connection = connection;
        this.actor = actor;
    }

    public Actor actor() {
        return actor;
    }

    /** @return how many rows it changed */
    public int change(String sql, Object... parameters) {
        try (var statement = prepared(sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    public <T> List<T> query(String sql, Function<Row, T> mapper, Object... parameters) {
        try (var statement = prepared(sql, parameters);
                var rows = statement.executeQuery()) {
            var found = new ArrayList<T>();
            var row = new Row(rows);
            while (rows.next()) found.add(mapper.apply(row));
            return found;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    public <T> Optional<T> first(String sql, Function<Row, T> mapper, Object... parameters) {
        return query(sql, mapper, parameters).stream().findFirst();
    }

    /** After the commit, those who wait for {@code topic} are woken, here and on the other servers. Losing it costs a second at most. */
    public void hint(String topic) {
        hints.add(topic);
    }

    /** What this transaction writes may be lost where the database dies right after it: its commit waits for no disk. */
    public void mayBeLost() {
        change("set local synchronous_commit to off");
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
        var part = new Tx(connection, whose);
        var mark = "part_" + ++parts;
        part.parts = parts;
        var before = savepoint(mark);
        try {
            R result = work.apply(part);
            connection.releaseSavepoint(before);
            hints.addAll(part.hints);
            handled.addAll(part.handled);
            written.addAll(part.written);
            return result;
        } catch (SQLException e) {
            var failure = new SqlFailure(e);
            undo(before, failure);
            throw failure;
        } catch (RuntimeException e) {
            undo(before, e);
            throw e;
        }
    }

    private Savepoint savepoint(String mark) {
        try {
            return connection.setSavepoint(mark);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** Where the connection is gone, so is all of the transaction. */
    private void undo(Savepoint before, RuntimeException why) {
        try {
            connection.rollback(before);
        } catch (SQLException e) {
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

    private PreparedStatement prepared(String named, Object... parameters) throws SQLException {
        Check.that(parameters.length % 2 == 0, "parameters come as name and value in turn");
        var sql = Sql.of(named);
        for (int at = 0; at < parameters.length; at += 2)
            if (!sql.names().contains(parameters[at]))
                throw Check.failed("the statement has the parameter " + parameters[at]);
        var statement = connection.prepareStatement(sql.text());
        try {
            int position = 1;
            for (var name : sql.names()) bind(statement, position++, value(name, parameters));
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static @Nullable Object value(String name, Object... parameters) {
        for (int at = 0; at < parameters.length; at += 2) if (parameters[at].equals(name)) return parameters[at + 1];
        throw Check.failed("a value is given for the parameter " + name);
    }

    private void bind(PreparedStatement statement, int position, @Nullable Object given) throws SQLException {
        switch (element(given)) {
            case null -> statement.setNull(position, Types.OTHER);
            case Collection<?> many -> bindArray(statement, position, many);
            case Object value -> statement.setObject(position, value);
        }
    }

    private void bindArray(PreparedStatement statement, int position, Collection<?> many) throws SQLException {
        if (many.isEmpty()) {
            // an array of no type yet: PostgreSQL takes the type from what it is compared with
            statement.setObject(position, "{}", Types.OTHER);
            return;
        }
        var plain = new Object[many.size()];
        var type = "text";
        int at = 0;
        for (var value : many) {
            var element = element(value);
            plain[at++] = element;
            if (element != null) type = Check.present(ARRAYS.get(element.getClass()));
        }
        statement.setArray(position, connection.createArrayOf(type, plain));
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
}
