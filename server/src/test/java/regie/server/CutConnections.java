package regie.server;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import regie.testing.TestDatabase;

/** Connections of which the server ends one right behind a certain statement of a transaction, or behind its commit. */
final class CutConnections {
    private final TestDatabase database;
    private final int cutBehind;
    private int done;

    /** @param cutBehind the how manieth statement in a transaction is the last, counted over all connections from 1 */
    CutConnections(TestDatabase database, int cutBehind) {
        this.database = database;
        this.cutBehind = cutBehind;
    }

    /** Whether the moment came. */
    boolean cut() {
        return done >= cutBehind;
    }

    DataSource source() {
        return proxy(DataSource.class, (_, method, arguments) -> {
            if (!method.getName().equals("getConnection")) throw new UnsupportedOperationException(method.getName());
            return wrapped(open());
        });
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }

    private Connection wrapped(Connection connection) throws SQLException {
        int backend = backend(connection);
        return proxy(Connection.class, (_, method, arguments) -> {
            var name = method.getName();
            boolean ends = name.equals("commit") && !connection.getAutoCommit();
            var result = call(connection, method, arguments);
            if (ends) count(backend);
            return switch (result) {
                case PreparedStatement statement -> counted(PreparedStatement.class, statement, connection, backend);
                case Statement statement -> counted(Statement.class, statement, connection, backend);
                case null, default -> result;
            };
        });
    }

    private <S extends Statement> S counted(Class<S> type, S statement, Connection connection, int backend) {
        return proxy(type, (_, method, arguments) -> {
            boolean counts = method.getName().startsWith("execute") && !connection.getAutoCommit();
            var result = call(statement, method, arguments);
            if (counts) count(backend);
            return result;
        });
    }

    private void count(int backend) throws SQLException {
        if (++done != cutBehind) return;
        try (var connection = open();
                var statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(%d, 10000)".formatted(backend));
        }
    }

    private static int backend(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select pg_backend_pid()")) {
            if (!rows.next()) throw new SQLException("no pid");
            return rows.getInt(1);
        }
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(CutConnections.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
