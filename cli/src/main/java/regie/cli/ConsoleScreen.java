package regie.cli;

import java.io.PrintStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Writes what a console sends, as it comes. */
final class ConsoleScreen implements WebSocket.Listener {
    private final PrintStream out;
    private volatile Runnable closed = () -> {};

    ConsoleScreen(PrintStream out) {
        this.out = out;
    }

    /** What to do when the other side ends it. */
    void whenClosed(Runnable action) {
        closed = action;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        var bytes = new byte[data.remaining()];
        data.get(bytes);
        out.write(bytes, 0, bytes.length);
        out.flush();
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        out.print(data);
        out.flush();
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        closed.run();
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        closed.run();
    }
}
