package regie.agent.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Function;
import regie.agent.channel.RoomLine;
import regie.agent.contract.Hypervisor;

/** Serves the consoles of one host's guests to the room. */
final class ConsoleDesk {
    private static final int LOG_BYTES_MAX = 512 * 1024;
    private static final int BUFFER_BYTES = 16 * 1024;

    private final Hypervisor hypervisor;
    private final RoomLine line;
    private final Function<UUID, ByteChannel> toRoom;
    private final Executor threads;

    /** @param toRoom opens the way to the room for a session */
    ConsoleDesk(Hypervisor hypervisor, RoomLine line, Function<UUID, ByteChannel> toRoom, Executor threads) {
        this.hypervisor = hypervisor;
        this.line = line;
        this.toRoom = toRoom;
        this.threads = threads;
    }

    void open(UUID session, UUID guest) {
        threads.execute(() -> {
            try {
                connect(consoles().open(guest), toRoom.apply(session));
            } catch (IOException refused) {
                line.consoleRefused(session, String.valueOf(refused.getMessage()));
            }
        });
    }

    void log(long request, UUID guest, int bytesMax) {
        threads.execute(() -> {
            try {
                int bytes = Math.max(0, Math.min(bytesMax, LOG_BYTES_MAX));
                line.consoleLog(request, consoles().log(guest, bytes), "");
            } catch (IOException refused) {
                line.consoleLog(request, new byte[0], String.valueOf(refused.getMessage()));
            }
        });
    }

    private Hypervisor.Consoles consoles() throws IOException {
        return hypervisor.consoles().orElseThrow(() -> new IOException("the engine of this host has no consoles"));
    }

    private void connect(ByteChannel guest, ByteChannel room) {
        threads.execute(() -> pump(guest, room));
        pump(room, guest);
    }

    /** Until either end is closed, which closes both. */
    private static void pump(ByteChannel from, ByteChannel into) {
        var buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try (from;
                into) {
            while (from.read(buffer.clear()) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) into.write(buffer);
            }
        } catch (IOException ended) {
            // One end is gone; closing the other is all there is to do.
        }
    }
}
