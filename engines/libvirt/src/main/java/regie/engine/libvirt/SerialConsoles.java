package regie.engine.libvirt;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import regie.agent.contract.Hypervisor.Consoles;

/** The guests' serial consoles: QEMU offers each on a socket, and would let a second client wait in silence. */
final class SerialConsoles implements Consoles {
    private final GuestStore store;
    private final Set<UUID> taken = new HashSet<>();

    SerialConsoles(GuestStore store) {
        this.store = store;
    }

    @Override
    public byte[] log(UUID guest, int bytesMax) throws IOException {
        if (!store.has(guest)) throw new IOException("there is no guest %s here".formatted(guest));
        return ConsoleLog.tail(store.consoleLog(guest), bytesMax);
    }

    @Override
    public ByteChannel open(UUID guest) throws IOException {
        if (!store.has(guest)) throw new IOException("there is no guest %s here".formatted(guest));
        synchronized (taken) {
            if (!taken.add(guest)) throw new IOException("somebody else has the console of %s open".formatted(guest));
        }
        try {
            return new Taken(guest, SocketChannel.open(UnixDomainSocketAddress.of(store.consoleSocket(guest))));
        } catch (IOException refused) {
            release(guest);
            throw new IOException("guest %s does not run: %s".formatted(guest, refused.getMessage()), refused);
        }
    }

    private void release(UUID guest) {
        synchronized (taken) {
            taken.remove(guest);
        }
    }

    private final class Taken implements ByteChannel {
        private final UUID guest;
        private final SocketChannel socket;

        Taken(UUID guest, SocketChannel socket) {
            this.guest = guest;
            this.socket = socket;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return socket.read(into);
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            return socket.write(from);
        }

        @Override
        public boolean isOpen() {
            return socket.isOpen();
        }

        @Override
        public void close() throws IOException {
            if (!socket.isOpen()) return;
            socket.close();
            release(guest);
        }
    }
}
