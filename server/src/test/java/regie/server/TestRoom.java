package regie.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import regie.kernel.Documents;
import regie.testing.TestDatabase;

/** A whole control room in this process, on a fresh database, that tests speak to over HTTP. */
final class TestRoom implements AutoCloseable {
    private final AtomicInteger names = new AtomicInteger();
    private final ControlRoom room;
    private final Path folder;

    /** The operator of the first start. */
    final Asking operator;

    TestRoom(TestDatabase database) throws IOException {
        this(database, Files.createTempDirectory("regie-test-room-"));
    }

    TestRoom(TestDatabase database, Path folder) throws IOException {
        this(database, folder, "");
    }

    /** @param ofApi more settings of the REST door, each after a comma */
    TestRoom(TestDatabase database, Path folder, String ofApi) throws IOException {
        this(database, folder, ofApi, "");
    }

    /** @param more settings, in YAML */
    TestRoom(TestDatabase database, Path folder, String ofApi, String more) throws IOException {
        this.folder = folder;
        this.room = new ControlRoom(settings(database, folder, ofApi, more), false);
        this.operator = Asking.of(room.url(), operatorToken(folder));
    }

    static Settings settings(TestDatabase database, Path folder) throws IOException {
        return settings(database, folder, "", "");
    }

    private static Settings settings(TestDatabase database, Path folder, String ofApi, String more) throws IOException {
        var password = folder.resolve("password");
        Files.writeString(password, database.password());
        var text = """
                data: %s
                database: {url: "%s", user: "%s", passwordFile: "%s"}
                api: {listen: "127.0.0.1:0"%s}
                agents: {listen: "127.0.0.1:0"}
                %s
                """.formatted(folder, database.jdbcUrl(), database.user(), password, ofApi, more);
        return Documents.read(Settings.class, "test", text);
    }

    static String operatorToken(Path folder) throws IOException {
        return Files.readString(folder.resolve(FirstStart.TOKEN_FILE)).strip();
    }

    /** Makes a project and a token for a member of it. */
    Asking member(String project) {
        operator.put("/v1/projects/" + project, "{\"spec\":{}}");
        return made("{\"name\":\"%s\",\"role\":\"member\",\"project\":\"%s\"}".formatted(name("member"), project));
    }

    Asking reporter(String project) {
        operator.put("/v1/projects/" + project, "{\"spec\":{}}");
        return made("{\"name\":\"%s\",\"role\":\"reporter\",\"project\":\"%s\"}".formatted(name("reporter"), project));
    }

    Asking auditor() {
        return made("{\"name\":\"%s\",\"role\":\"auditor\"}".formatted(name("auditor")));
    }

    /** A name that no other test has. */
    String name(String stem) {
        return stem + "-" + names.incrementAndGet();
    }

    String url() {
        return room.url();
    }

    Path folder() {
        return folder;
    }

    private Asking made(String wanted) {
        var answer = operator.post("/v1/tokens", wanted);
        return operator.as(answer.json().path("secret").stringValue());
    }

    @Override
    public void close() {
        operator.http().close();
        room.close();
    }
}
