package regie.engine.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How to run one server. Start from {@link #in(Path)} and change what differs.
 *
 * @param folder holds {@code data/}, {@code password}, {@code lock} and {@code postgres.log}; made when missing
 * @param binaries where PostgreSQL's programs are unpacked once per version and shared by all servers of this machine
 * @param port TCP port on 127.0.0.1; empty takes a free one at each start
 * @param unixSocket whether to also listen on a unix socket in the data folder
 * @param sharedBuffersMiB PostgreSQL's own page cache in MiB, at least 1
 * @param connectionsMax connections at one time, 5 to 10000
 * @param durable {@code false} switches fsync off: only for tests, whose data need not survive a power cut
 * @param startTimeout how long to wait for the first connection, crash recovery included
 * @param stopTimeout how long a fast shutdown may take before the server is stopped without its last checkpoint
 * @param parameters further server parameters by name; they win over this module's defaults
 */
public record PostgresSettings(
        Path folder,
        Path binaries,
        Optional<Integer> port,
        boolean unixSocket,
        int sharedBuffersMiB,
        int connectionsMax,
        boolean durable,
        Duration startTimeout,
        Duration stopTimeout,
        Map<String, String> parameters) {

    private static final Pattern PARAMETER_NAME = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)?");

    /** Parameters that this module's safety rests upon, with the setting to use instead where there is one. */
    private static final Set<String> OWNED = Set.of(
            "config_file",
            "data_directory",
            "external_pid_file",
            "fsync",
            "hba_file",
            "ident_file",
            "listen_addresses",
            "max_connections",
            "port",
            "shared_buffers",
            "unix_socket_directories");

    public PostgresSettings {
        folder = folder.toAbsolutePath().normalize();
        binaries = binaries.toAbsolutePath().normalize();
        parameters = Map.copyOf(parameters);
        port.ifPresent(number -> require(number >= 1 && number <= 65_535, "port must be 1 to 65535, not " + number));
        require(sharedBuffersMiB >= 1, "sharedBuffersMiB must be at least 1, not " + sharedBuffersMiB);
        require(
                connectionsMax >= 5 && connectionsMax <= 10_000,
                "connectionsMax must be 5 to 10000, not " + connectionsMax);
        require(startTimeout.isPositive(), "startTimeout must be positive, not " + startTimeout);
        require(stopTimeout.isPositive(), "stopTimeout must be positive, not " + stopTimeout);
        for (var name : parameters.keySet()) {
            require(PARAMETER_NAME.matcher(name).matches(), "\"" + name + "\" is no name of a server parameter");
            require(!OWNED.contains(name), "\"" + name + "\" is set by the launcher; use the setting of its own");
        }
    }

    /** The small, durable server of one control room; its binaries go to {@link #machineBinaries()}. */
    public static PostgresSettings in(Path folder) {
        return new PostgresSettings(
                folder,
                machineBinaries(),
                Optional.empty(),
                false,
                32,
                40,
                true,
                Duration.ofMinutes(2),
                Duration.ofSeconds(30),
                Map.of());
    }

    /** The folder for unpacked programs: one for the machine when root, otherwise one of the present user's own. */
    public static Path machineBinaries() {
        return ServiceUser.isRoot()
                ? Path.of("/var/cache/regie")
                : Path.of(System.getProperty("user.home"), ".cache", "regie");
    }

    public PostgresSettings withBinaries(Path other) {
        return new PostgresSettings(
                folder,
                other,
                port,
                unixSocket,
                sharedBuffersMiB,
                connectionsMax,
                durable,
                startTimeout,
                stopTimeout,
                parameters);
    }

    public PostgresSettings withPort(int other) {
        return new PostgresSettings(
                folder,
                binaries,
                Optional.of(other),
                unixSocket,
                sharedBuffersMiB,
                connectionsMax,
                durable,
                startTimeout,
                stopTimeout,
                parameters);
    }

    public PostgresSettings withUnixSocket(boolean other) {
        return new PostgresSettings(
                folder,
                binaries,
                port,
                other,
                sharedBuffersMiB,
                connectionsMax,
                durable,
                startTimeout,
                stopTimeout,
                parameters);
    }

    public PostgresSettings withMemory(int otherSharedBuffersMiB, int otherConnectionsMax) {
        return new PostgresSettings(
                folder,
                binaries,
                port,
                unixSocket,
                otherSharedBuffersMiB,
                otherConnectionsMax,
                durable,
                startTimeout,
                stopTimeout,
                parameters);
    }

    public PostgresSettings withDurable(boolean other) {
        return new PostgresSettings(
                folder,
                binaries,
                port,
                unixSocket,
                sharedBuffersMiB,
                connectionsMax,
                other,
                startTimeout,
                stopTimeout,
                parameters);
    }

    public PostgresSettings withTimeouts(Duration start, Duration stop) {
        return new PostgresSettings(
                folder, binaries, port, unixSocket, sharedBuffersMiB, connectionsMax, durable, start, stop, parameters);
    }

    public PostgresSettings withParameters(Map<String, String> others) {
        return new PostgresSettings(
                folder,
                binaries,
                port,
                unixSocket,
                sharedBuffersMiB,
                connectionsMax,
                durable,
                startTimeout,
                stopTimeout,
                others);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) throw new IllegalArgumentException(otherwise);
    }
}
