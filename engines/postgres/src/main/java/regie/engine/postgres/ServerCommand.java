package regie.engine.postgres;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The arguments of {@code postgres}: small in memory, durable, and reachable from this machine only. */
final class ServerCommand {
    /** Longest path of a unix socket that Linux takes, in bytes, less PostgreSQL's own {@code /.s.PGSQL.65535.lock}. */
    private static final int SOCKET_FOLDER_BYTES_MAX = 107 - 21;

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("cluster_name", "regie"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            // Memory: no I/O workers, no replication launcher, no compiler, no reserved huge pages.
            Map.entry("io_method", "sync"),
            Map.entry("max_logical_replication_workers", "0"),
            Map.entry("jit", "off"),
            Map.entry("huge_pages", "off"),
            Map.entry("effective_cache_size", "512MB"),
            Map.entry("maintenance_work_mem", "32MB"),
            Map.entry("autovacuum_max_workers", "2"),
            // What is asked for is in memory: an index costs no more than a table to read from.
            Map.entry("random_page_cost", "1.1"),
            // Disk: the log of changes stays small and is written through rarely, yet never longer than a recovery of
            // seconds.
            Map.entry("wal_compression", "on"),
            Map.entry("min_wal_size", "64MB"),
            Map.entry("max_wal_size", "512MB"),
            Map.entry("checkpoint_timeout", "10min"),
            Map.entry("log_checkpoints", "off"));

    private ServerCommand() {}

    static List<String> arguments(PostgresSettings settings, Path data, int port) throws PostgresFault {
        var parameters = new TreeMap<>(DEFAULTS);
        parameters.putAll(settings.parameters());
        parameters.put("listen_addresses", "127.0.0.1");
        parameters.put("port", Integer.toString(port));
        parameters.put("unix_socket_directories", settings.unixSocket() ? socketFolder(data) : "");
        parameters.put("shared_buffers", settings.sharedBuffersMiB() + "MB");
        parameters.put("max_connections", Integer.toString(settings.connectionsMax()));
        parameters.put("fsync", settings.durable() ? "on" : "off");
        var arguments = new ArrayList<String>();
        arguments.add("-D");
        arguments.add(data.toString());
        parameters.forEach((name, value) -> {
            arguments.add("-c");
            arguments.add(name + "=" + value);
        });
        return arguments;
    }

    private static String socketFolder(Path data) throws PostgresFault {
        var folder = data.toString();
        if (folder.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > SOCKET_FOLDER_BYTES_MAX
                || folder.contains(",")) {
            throw new PostgresFault(
                    PostgresFault.Reason.FOLDER,
                    "%s cannot hold a unix socket: its path must be at most %d bytes long and hold no comma; choose a shorter folder or do without the socket"
                            .formatted(folder, SOCKET_FOLDER_BYTES_MAX));
        }
        return folder;
    }
}
