package regie.engine.postgres;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a server listens and how to sign in.
 *
 * @param host always a loopback address
 * @param port TCP port, 1 to 65535
 * @param database name of the database
 * @param user the superuser's name
 * @param password the superuser's password; never part of {@link #toString()} or {@link #jdbcUrl()}
 * @param socketFolder where the unix socket lies, if one was asked for
 */
public record PostgresAddress(
        String host, int port, String database, String user, String password, Optional<Path> socketFolder) {

    /** Returns the JDBC URL; user and password are given beside it, never in it. */
    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, database);
    }

    /** Returns the same server and user with another database. */
    public PostgresAddress withDatabase(String other) {
        return new PostgresAddress(host, port, other, user, password, socketFolder);
    }

    /** Shows everything but the password. */
    @Override
    public String toString() {
        return "%s as %s".formatted(jdbcUrl(), user);
    }
}
