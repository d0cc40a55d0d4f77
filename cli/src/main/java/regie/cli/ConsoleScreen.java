package regie.cli;

import java.io.PrintStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Writes what a console sends, as it comes. */
final class ConsoleScreen implements WebSocket.Listener {
    /** RFC 6455: nobody closed it. */
    private static final int BROKEN = 1006;

    private final PrintStream out;
    private Closed closed = (_, _) -> {};
    private Optional<Runnable> ended = Optional.empty();

    /** Is told a status of RFC 6455, and the words that came with it. */
    @FunctionalInterface
    interface Closed {
        void because(int status, String reason);
    }

    ConsoleScreen(PrintStream out) {
        this.out = out;
    }

    /** What to do when the other side ends it; at once, where it has done so already. */
    synchronized void whenClosed(Closed action) {
        closed = action;
        ended.ifPresent(Runnable::run);
    }

    private synchronized void end(int status, String reason) {
        ended = Optional.of(() -> closed.because(status, reason));
        closed.because(status, reason);
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
        end(status, reason);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        end(BROKEN, "the connection broke: " + error.getMessage());
    }
}
