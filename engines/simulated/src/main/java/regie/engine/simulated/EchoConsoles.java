package regie.engine.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import regie.agent.contract.GuestSeen.State;
import regie.agent.contract.Hypervisor.Consoles;

/** The serial consoles of simulated guests: whatever is typed comes back. */
final class EchoConsoles implements Consoles {
    private final Function<UUID, Optional<SimulatedGuest>> guests;
    private final Set<UUID> taken = new HashSet<>();

    EchoConsoles(Function<UUID, Optional<SimulatedGuest>> guests) {
        this.guests = guests;
    }

    @Override
    public byte[] log(UUID guest, int bytesMax) throws IOException {
        var known = find(guest);
        var log =
                "start %d of epoch %d\n".formatted(known.boot(), known.epoch()).getBytes(UTF_8);
        return log.length <= bytesMax ? log : Arrays.copyOfRange(log, log.length - bytesMax, log.length);
    }

    @Override
    public ByteChannel open(UUID guest) throws IOException {
        var known = find(guest);
        if (known.state() != State.RUNNING) throw new IOException("guest %s does not run".formatted(guest));
        synchronized (taken) {
            if (!taken.add(guest)) throw new IOException("somebody else has the console of %s open".formatted(guest));
        }
        return new Echo(() -> release(guest));
    }

    private void release(UUID guest) {
        synchronized (taken) {
            taken.remove(guest);
        }
    }

    private SimulatedGuest find(UUID guest) throws IOException {
        return guests.apply(guest).orElseThrow(() -> new IOException("there is no guest %s here".formatted(guest)));
    }

    /** Holds what was typed and not yet read back; typing waits where that is too much. */
    private static final class Echo implements ByteChannel {
        private static final int BYTES_MAX = 64 * 1024;

        private final ArrayDeque<Byte> typed = new ArrayDeque<>();
        private final Runnable released;
        private boolean open = true;

        Echo(Runnable released) {
            this.released = released;
        }

        @Override
        public synchronized int write(ByteBuffer from) throws IOException {
            int count = from.remaining();
            while (from.hasRemaining()) {
                awaitWhile(() -> open && typed.size() >= BYTES_MAX);
                if (!open) throw new ClosedChannelException();
                typed.add(from.get());
            }
            notifyAll();
            return count;
        }

        @Override
        public synchronized int read(ByteBuffer into) throws IOException {
            awaitWhile(() -> open && typed.isEmpty());
            if (!open) return -1;
            int count = 0;
            for (; into.hasRemaining() && !typed.isEmpty(); count++) into.put(typed.remove());
            notifyAll();
            return count;
        }

        private synchronized void awaitWhile(BooleanSupplier blocked) throws IOException {
            try {
                while (blocked.getAsBoolean()) wait();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted at the console", interrupted);
            }
        }

        @Override
        public synchronized boolean isOpen() {
            return open;
        }

        @Override
        public synchronized void close() {
            if (!open) return;
            open = false;
            released.run();
            notifyAll();
        }
    }
}
