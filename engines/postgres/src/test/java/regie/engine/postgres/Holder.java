package regie.engine.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another JVM that holds a server and writes rows until it is killed. It prints {@code pid N} of the server, {@code writing}
 * when it is about to write, and then {@code row N} after each commit: what it printed was acknowledged.
 */
final class Holder implements AutoCloseable {
    private final Process jvm;
    private final BufferedReader said;

    private Holder(Process jvm) {
        this.jvm = jvm;
        this.said = new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
    }

    static Holder start(Path folder) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var command = List.of(java, "-XX:+UseSerialGC", "-cp", classes, Holder.class.getName(), folder.toString());
        return new Holder(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    long jvmPid() {
        return jvm.pid();
    }

    /** Waits for the server and returns its pid. */
    long serverPid() throws IOException {
        var line = said.readLine();
        if (line == null) throw new AssertionError("the holder ended before its server was ready");
        return Long.parseLong(line.substring("pid ".length()));
    }

    void awaitWriting() throws IOException {
        serverPid();
        if (!"writing".equals(said.readLine())) throw new AssertionError("the holder ended before it wrote");
    }

    /** Kills the JVM {@code millis} from now and returns the last acknowledged row; 0 where there was none. */
    int killAfter(long millis) throws IOException, InterruptedException {
        jvm.waitFor(millis, TimeUnit.MILLISECONDS);
        jvm.toHandle().destroyForcibly(); // unlike the process's own method, leaves what it said readable
        jvm.waitFor();
        var rows = new ArrayList<Integer>();
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("row ")) rows.add(Integer.valueOf(line.substring("row ".length())));
        }
        return rows.isEmpty() ? 0 : rows.getLast();
    }

    @Override
    public void close() {
        jvm.destroyForcibly();
    }

    public static void main(String[] arguments) throws Exception {
        var server = EmbeddedPostgres.start(PostgresSettings.in(Path.of(arguments[0])));
        System.out.println("pid " + server.pid());
        var address = server.address();
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement()) {
            statement.execute("create table if not exists acknowledged (number int primary key)");
            System.out.println("writing");
            while (true) {
                try (var row = statement.executeQuery(
                        "insert into acknowledged select coalesce(max(number), 0) + 1 from acknowledged returning number")) {
                    row.next();
                    System.out.println("row " + row.getInt(1));
                }
            }
        }
    }
}
