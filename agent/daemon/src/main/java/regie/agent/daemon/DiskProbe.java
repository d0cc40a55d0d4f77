package regie.agent.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import regie.agent.contract.Timeline;

/**
 * Writes a few bytes to the agent's own folder every {@link #EVERY_MILLIS} and waits until the disk has them, in a thread of its own: that
 * one hangs with the disk, and whoever asks {@link #health} learns of it at once.
 */
final class DiskProbe implements AutoCloseable {
    static final long EVERY_MILLIS = 5_000;
    /** A write that takes longer than this has not been answered; a busy disk takes hundreds of milliseconds. */
    static final long USUAL_MILLIS = 5_000;

    /** What is done to the disk; a test puts something else here. */
    interface Touch {
        void touch() throws IOException;
    }

    private static final long NONE = -1;

    private final Touch touch;
    private final Timeline timeline;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile long begun = NONE;
    private volatile String fault = "";

    private DiskProbe(Touch touch, Timeline timeline) {
        this.touch = touch;
        this.timeline = timeline;
    }

    static DiskProbe start(Path folder, Timeline timeline) {
        var file = folder.resolve("probe");
        return start(() -> write(file), timeline);
    }

    static DiskProbe start(Touch touch, Timeline timeline) {
        var probe = new DiskProbe(touch, timeline);
        // A virtual thread that waits for a disk holds up one of the few that carry all others.
        Thread.ofPlatform().daemon().name("agent-disk-probe").start(probe::probe);
        return probe;
    }

    private void probe() {
        try {
            do {
                begun = timeline.nowMillis();
                fault = tried();
                begun = NONE;
            } while (!closed.await(EVERY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private String tried() {
        try {
            touch.touch();
            return "";
        } catch (IOException failed) {
            return String.valueOf(failed.getMessage());
        }
    }

    private static void write(Path file) throws IOException {
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(new byte[] {'r', 'e', 'g', 'i', 'e', '\n'}));
            channel.force(true);
        }
    }

    Machine.DiskHealth health() {
        long since = begun;
        long millis = since == NONE ? 0 : timeline.nowMillis() - since;
        return new Machine.DiskHealth(millis > USUAL_MILLIS ? millis : 0, fault);
    }

    /** A write that hangs is left behind. */
    @Override
    public void close() {
        closed.countDown();
    }
}
