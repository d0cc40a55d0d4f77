package regie.engine.libvirt;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Bounds for how long a guest stands still at the end of its move: QEMU stops it once it reckons that what is left of its memory goes over
 * in that time. It reckons with what the way carried before; where the processors are busy in that moment it takes several times as
 * long. So the bound is tight at first, and wider where the guest writes too fast for it, before QEMU slows the guest down instead.
 */
final class Standstill implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Standstill.class.getName());
    /** One after the other; the last is what QEMU takes by itself. */
    private static final List<Long> MILLIS = List.of(50L, 100L, 200L, 300L);

    private static final long WIDEN_SECONDS = 3;

    private final Connection connection;
    private final UUID guest;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread widening =
            Thread.ofPlatform().daemon().name("standstill").unstarted(this::widen);

    private Standstill(Connection connection, UUID guest) {
        this.connection = connection;
        this.guest = guest;
    }

    /** To be asked for before the guest is handed over, and closed after. */
    static Standstill bound(Connection connection, UUID guest) {
        var bound = new Standstill(connection, guest);
        bound.set(MILLIS.getFirst());
        bound.widening.start();
        return bound;
    }

    private void widen() {
        try {
            for (long millis : MILLIS.subList(1, MILLIS.size())) {
                if (over.await(WIDEN_SECONDS, TimeUnit.SECONDS)) return;
                set(millis);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** The move goes on without, too. */
    private void set(long millis) {
        try {
            connection.boundStandstill(guest, millis);
        } catch (LibvirtError late) {
            LOG.log(System.Logger.Level.DEBUG, "the standstill of {0} is not bound: {1}", guest, late.getMessage());
        }
    }

    /** Returns when the connection is not in use any more. */
    @Override
    public void close() {
        over.countDown();
        boolean interrupted = false;
        while (widening.isAlive()) {
            try {
                widening.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
