package regie.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The control room of the demo, as a process of its own. */
final class DemoRoom implements AutoCloseable {
    private static final long START_SECONDS_MAX = 120;
    private static final long COMMAND_SECONDS_MAX = 120;

    private final Path script;
    private final DemoFolder folder;
    private final Program program;

    private DemoRoom(Path script, DemoFolder folder, Program program) {
        this.script = script;
        this.folder = folder;
        this.program = program;
    }

    /** Returns when the room has said that it is ready. */
    static DemoRoom start(Path repository, DemoFolder folder) throws IOException, InterruptedException {
        var settings = folder.file("settings.yaml");
        Files.writeString(settings, folder.settings());
        var script = repository.resolve("regie");
        var program = Program.start(
                List.of(script.toString(), "up", "--config", settings.toString()), Map.of(), folder.file("room.log"));
        var room = new DemoRoom(script, folder, program);
        try {
            Stopwatch.await(
                    START_SECONDS_MAX,
                    room::ready,
                    () -> "the control room is not ready; it said:\n" + Demo.end(program.log()));
        } catch (IOException | InterruptedException failed) {
            room.close();
            throw failed;
        }
        return room;
    }

    private boolean ready() throws IOException {
        program.mustRun("the control room");
        return Files.readAllLines(program.log()).stream().anyMatch(line -> line.startsWith("ready "));
    }

    RoomClient client() {
        return new RoomClient(folder.url(), folder.token());
    }

    /** A word of the command line client, as a person would type it. */
    String regie(String... words) throws IOException {
        var command = new ArrayList<>(
                List.of("env", "REGIE_ROOM=" + folder.url(), "REGIE_TOKEN_FILE=" + folder.token(), script.toString()));
        command.addAll(List.of(words));
        return Command.run(COMMAND_SECONDS_MAX, command);
    }

    String importImage(MicroImage image) throws IOException {
        return regie(
                "image",
                "import",
                "--name",
                "micro",
                "--kernel",
                image.fetch(image.kernel()).toString(),
                "--initrd",
                image.fetch(image.initrd()).toString());
    }

    @Override
    public void close() {
        program.close();
    }
}
