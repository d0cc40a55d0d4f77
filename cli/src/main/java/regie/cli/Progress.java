package regie.cli;

import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * One line on standard error about what takes longer than a second: on a terminal it counts the seconds and vanishes at the end,
 * elsewhere it is written once, and again every {@link #REPEAT_MILLIS} while there is news.
 */
final class Progress {
    private static final long QUIET_MILLIS = 1_000;
    private static final long REPEAT_MILLIS = 10_000;

    private final Terminal terminal;
    private final InstantSource time;
    private String what = "";
    private String detail = "";
    private String written = "";
    private long begun;
    private long writtenAt;

    Progress(Terminal terminal, InstantSource time) {
        this.terminal = terminal;
        this.time = time;
    }

    /** Runs {@code work}; inside another {@code during}, the outer one's words stay. */
    <T> T during(String words, Supplier<T> work) {
        boolean outermost = begin(words);
        try {
            return work.get();
        } finally {
            if (outermost) end();
        }
    }

    /** What it is waiting for at the moment. */
    synchronized void detail(String text) {
        detail = text;
    }

    private synchronized boolean begin(String words) {
        if (!what.isEmpty()) return false;
        what = words;
        detail = "";
        written = "";
        begun = time.millis();
        Thread.ofPlatform().daemon().name("progress").start(this::tick);
        return true;
    }

    private synchronized void end() {
        what = "";
        notifyAll();
        if (!written.isEmpty() && terminal.errIsTerminal()) {
            terminal.err().print("\r\033[K");
            terminal.err().flush();
        }
    }

    private synchronized void tick() {
        try {
            long mine = begun;
            while (!what.isEmpty() && begun == mine) {
                wait(QUIET_MILLIS);
                if (!what.isEmpty() && begun == mine && time.millis() - begun >= QUIET_MILLIS) write();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        var news = detail.isEmpty() ? what + " …" : what + ": " + detail;
        if (terminal.errIsTerminal()) {
            terminal.err().print("\r\033[Kregie: %s %d s".formatted(news, (time.millis() - begun) / 1_000));
            terminal.err().flush();
            written = news;
        } else if (!news.equals(written) && (written.isEmpty() || time.millis() - writtenAt >= REPEAT_MILLIS)) {
            terminal.err().println("regie: " + news);
            written = news;
            writtenAt = time.millis();
        }
    }
}
