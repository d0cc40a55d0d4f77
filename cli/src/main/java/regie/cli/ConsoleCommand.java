package regie.cli;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "console",
        header = "Opens the serial console of an instance; Ctrl-] leaves.",
        description = {
            "",
            "Without a terminal at standard input, that is sent as it is, and the console closes behind it.",
            ""
        })
final class ConsoleCommand implements Callable<Integer> {
    private static final int LEAVE = 0x1d;
    /** The room's status for a console that it does not open; the reason is {@code code: detail}. */
    private static final int REFUSED = 4400;

    @Mixin
    private final Session session;

    @Parameters(index = "0", paramLabel = "NAME", description = "Of the instance.")
    private String name = "";

    ConsoleCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        var room = session.room();
        var path = session.kinds(room).named("instance").path(session.project(), name);
        room.get(path); // so that a wrong name or token is said in the room's own words
        var screen = new ConsoleScreen(session.terminal().out());
        var socket = connect(room, path + "/console", screen);
        if (session.terminal().asks()) {
            session.terminal().err().println("Console of %s; Ctrl-] leaves.".formatted(name));
            try (var _ = RawTerminal.open()) {
                type(socket, screen);
            }
            session.terminal().err().println();
        } else {
            type(socket, screen);
        }
        return ExitCode.OK;
    }

    private static WebSocket connect(Room room, String path, ConsoleScreen screen) {
        var http = room.http();
        var client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5));
        http.trust().context().ifPresent(client::sslContext);
        try {
            return client.build()
                    .newWebSocketBuilder()
                    .header("Authorization", "Bearer " + http.token())
                    .buildAsync(room.address().webSocket(path), screen)
                    .join();
        } catch (CompletionException e) {
            throw new Failure(
                    ExitCode.REFUSED,
                    "console-closed",
                    "The console does not open (%s). Is the instance running? Look with: regie show instance NAME"
                            .formatted(e.getCause()));
        }
    }

    /** Sends what is typed until the leaving key, the end of the input, or the end of the console. */
    private void type(WebSocket socket, ConsoleScreen screen) throws IOException {
        screen.whenClosed(this::ended);
        var keys = new byte[4096];
        int count;
        while ((count = System.in.read(keys)) > 0) {
            int leave = leaving(keys, count);
            if (leave > 0 || leave < 0)
                socket.sendBinary(ByteBuffer.wrap(keys.clone(), 0, leave < 0 ? count : leave), true)
                        .join();
            if (leave >= 0) break;
        }
        screen.whenClosed((_, _) -> {});
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    /** Reading standard input can't be interrupted: the program ends here, and its hooks restore the terminal. */
    private void ended(int status, String reason) {
        boolean refused = status == REFUSED;
        var terminal = session.terminal();
        terminal.err().println();
        if (refused) {
            var code = reason.replaceFirst(":.*", "");
            var detail = reason.replaceFirst("^[a-z0-9-]+: ", "");
            FailurePage.render(new Failure(ExitCode.REFUSED, code, detail), terminal.ink())
                    .forEach(terminal.err()::println);
        } else {
            terminal.err().println("regie: " + Ink.plain(reason));
        }
        System.exit(
                refused ? ExitCode.REFUSED : status == WebSocket.NORMAL_CLOSURE ? ExitCode.OK : ExitCode.UNREACHABLE);
    }

    /** Where in the keys the leaving one stands; -1 for nowhere. */
    private static int leaving(byte[] keys, int count) {
        for (int at = 0; at < count; at++) if (keys[at] == LEAVE) return at;
        return -1;
    }
}
