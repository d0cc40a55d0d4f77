package regie.engine.libvirt;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Asks a guest for its page, one request after the other, and keeps the longest time between two answers. */
final class Prober {
    private static final int PATIENCE_MILLIS = 200;

    private final InetSocketAddress guest;
    private final Thread thread;
    private volatile boolean ended;
    private long lastNanos;
    private long longestNanos;
    private long answers;

    private Prober(String address) {
        guest = new InetSocketAddress(address, 80);
        thread = Thread.ofPlatform().name("prober").unstarted(this::run);
    }

    /** Returns when the guest has answered for the first time. */
    static Prober start(String address) throws InterruptedException {
        var prober = new Prober(address);
        prober.thread.start();
        prober.awaitAnswers(1);
        return prober;
    }

    private void run() {
        while (!ended) {
            try (var socket = new Socket()) {
                socket.connect(guest, PATIENCE_MILLIS);
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                var head = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
                if (head.endsWith(" 200")) answered();
            } catch (IOException _) {
                // it stands still: the gap grows
            }
        }
    }

    private synchronized void answered() {
        long now = System.nanoTime();
        if (answers++ > 0) longestNanos = Math.max(longestNanos, now - lastNanos);
        lastNanos = now;
        notifyAll();
    }

    /** Returns when the guest has answered {@code count} times more. */
    synchronized void awaitAnswers(int count) throws InterruptedException {
        long wanted = answers + count;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (answers < wanted) {
            if (System.nanoTime() > end) throw new AssertionError("the guest at %s is silent".formatted(guest));
            wait(1_000);
        }
    }

    synchronized long longestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(longestNanos);
    }

    synchronized void forget() {
        longestNanos = 0;
    }

    void end() throws InterruptedException {
        ended = true;
        thread.join();
    }
}
