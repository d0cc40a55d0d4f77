package regie.testing;

import java.sql.SQLException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fresh databases on a real PostgreSQL, one server per JVM. Each is a clone of a template and is dropped when closed.
 */
public final class TestDatabases {
    private static final ConcurrentHashMap<String, Template> TEMPLATES = new ConcurrentHashMap<>();

    private TestDatabases() {}

    /** Makes an empty database. */
    public static TestDatabase create() throws SQLException {
        return Server.ONE.create();
    }

    /**
     * Returns the template {@code name}, made by {@code schema} if this JVM has none of that name yet.
     *
     * @param name tells templates apart; the class name of what migrates is a good one
     */
    public static Template template(String name, Schema schema) {
        return TEMPLATES.computeIfAbsent(name, _ -> {
            try {
                var made = Server.ONE.createTemplate(schema);
                return () -> Server.ONE.create(made);
            } catch (SQLException e) {
                throw new IllegalStateException("The template " + name + " could not be made", e);
            }
        });
    }

    /** A database that others are cloned from. */
    @FunctionalInterface
    public interface Template {
        /** Makes a database like this one. */
        TestDatabase create() throws SQLException;
    }

    /** Holds the server back until the first database is asked for. */
    private static final class Server {
        static final TestServer ONE = TestServer.start();
    }
}
