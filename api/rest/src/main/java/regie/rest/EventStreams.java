package regie.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import regie.identity.Register;
import regie.identity.Tokens;
import regie.kernel.ChangeLog;
import regie.kernel.Clock;

/** Serves server-sent events, of all sorts together at most so many. Who is slow holds up nobody but himself. */
final class EventStreams {
    private static final int MOST = 1_000;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** How soon a stream learns that the door closes. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Register register;
    private final Tokens tokens;
    private final Clock clock;
    private final BooleanSupplier closing;
    private final Semaphore places = new Semaphore(MOST);

    /** @param closing whether the door is going down */
    EventStreams(RestRooms rooms, BooleanSupplier closing) {
        this.register = rooms.register();
        this.tokens = rooms.tokens();
        this.clock = rooms.clock();
        this.closing = closing;
        rooms.monitor().watchers(() -> MOST - places.availablePermits());
    }

    interface Source {
        /** Waits up to {@code wait}. @return events as they go over the wire, oldest first; not to be changed */
        List<byte[]> next(Duration wait) throws InterruptedException;

        /** Behind all that {@link #next} gave, and all that it passed over. */
        ChangeLog.Position position();
    }

    /** Returns when the caller goes, may no longer look, or has fallen behind the log. */
    void serve(Request request, Source source) throws IOException {
        if (!places.tryAcquire()) throw new RestRefusal.TooManyWatchers(MOST).asException();
        try {
            var http = request.http().res();
            http.setStatus(200);
            http.setContentType(MediaType.EVENTS);
            http.setCharacterEncoding("utf-8");
            follow(request, source, http.getOutputStream());
        } finally {
            places.release();
        }
    }

    private void follow(Request request, Source source, OutputStream out) throws IOException {
        write(out, ": watching\n\n");
        long spoken = clock.nanos();
        while (!closing.getAsBoolean()) {
            var news = next(source);
            for (var event : news) out.write(event);
            if (!news.isEmpty()) out.flush();
            if (clock.nanos() - spoken < HEARTBEAT.toNanos()) continue;
            if (!tokens.stillSignedIn(request.caller()) || !register.canGoOnFrom(source.position())) return;
            // An id without data moves the watcher on, so that a long silence does not leave him behind the log.
            write(out, ": heartbeat\nid: %s\n\n".formatted(source.position()));
            spoken = clock.nanos();
        }
    }

    private static List<byte[]> next(Source source) throws IOException {
        try {
            return source.next(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
