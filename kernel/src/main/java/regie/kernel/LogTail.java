package regie.kernel;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The newest part of the {@link ChangeLog} in memory, read from the database once however many watch. Who falls behind it, or
 * starts from further back, reads the database instead, so that a slow watcher costs the others nothing.
 */
public final class LogTail implements AutoCloseable {
    private static final int KEPT_MAX = 20_000;
    private static final int BATCH = 2_000;

    private final Database database;
    private final int keptMax;
    private final Loop loop;
    private final ArrayDeque<ChangeLog.Change> kept = new ArrayDeque<>();
    /** The log is complete in {@link #kept} behind this. */
    private ChangeLog.Position from;

    private volatile ChangeLog.Position end;
    private volatile boolean closed;

    /**
     * Opened when {@link #end} moves on, and a new one put in its place. A thousand who were told through the monitor would stand in
     * line for it; here each that wakes wakes the next.
     */
    private volatile CountDownLatch news = new CountDownLatch(1);

    public LogTail(Database database, Hints hints) {
        this(database, hints, KEPT_MAX);
    }

    LogTail(Database database, Hints hints, int keptMax) {
        this.database = database;
        this.keptMax = keptMax;
        this.from = database.read(ChangeLog::end);
        this.end = from;
        this.loop = Loop.start("log-tail", hints, List.of(ChangeLog.TOPIC), this::readOn);
    }

    /**
     * Waits up to {@code wait} for changes behind {@code after}.
     *
     * @return oldest first; empty where none came in time
     */
    public List<ChangeLog.Change> after(ChangeLog.Position after, int most, Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        for (var next = news; !closed && end.compareTo(after) <= 0; next = news) {
            if (!next.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) return List.of();
        }
        synchronized (this) {
            if (closed) return List.of();
            if (after.compareTo(from) >= 0) return behind(after, most);
        }
        return database.read(tx -> ChangeLog.read(tx, after, most));
    }

    /** From the newest backwards, for most watchers lack only the last few. */
    private List<ChangeLog.Change> behind(ChangeLog.Position after, int most) {
        var news = new ArrayDeque<ChangeLog.Change>();
        for (var newest = kept.descendingIterator(); newest.hasNext(); ) {
            var change = newest.next();
            if (change.position().compareTo(after) <= 0) break;
            news.addFirst(change);
        }
        return news.stream().limit(most).toList();
    }

    /** Where a watcher starts who wants only what comes now. */
    public ChangeLog.Position end() {
        return end;
    }

    private Loop.Pass readOn() {
        var news = database.read(tx -> ChangeLog.read(tx, end(), BATCH));
        if (news.isEmpty()) return Loop.Pass.DONE;
        synchronized (this) {
            kept.addAll(news);
            end = news.getLast().position();
            while (kept.size() > keptMax) from = kept.removeFirst().position();
        }
        tell();
        return news.size() == BATCH ? Loop.Pass.MORE : Loop.Pass.DONE;
    }

    /** To be called after what there is to tell was written: whoever then finds nothing new waits for the next latch. */
    private void tell() {
        var told = news;
        news = new CountDownLatch(1);
        told.countDown();
    }

    @Override
    public void close() {
        loop.close();
        closed = true;
        tell();
    }
}
