package regie.lab;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;

/** What was started, to be taken down last first; once, whoever asks for it. */
public final class Parts implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private boolean closed;

    public Parts() {}

    /** @throws IllegalStateException where everything is being taken down; {@code part} is taken down too */
    public synchronized <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        if (closed) {
            closeAll();
            throw new IllegalStateException("stopped");
        }
        return part;
    }

    void awaitStop() throws InterruptedException {
        stop.await();
    }

    @Override
    public synchronized void close() {
        closed = true;
        stop.countDown();
        closeAll();
    }

    private void closeAll() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception failed) {
                System.err.println("regie demo: while stopping: " + failed);
            }
        }
    }
}
