package regie.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import regie.identity.Register;
import regie.identity.Tokens;
import regie.kernel.ChangeLog;
import regie.kernel.Clock;
import regie.kernel.Kind;
import regie.kernel.Kinds;
import regie.kernel.LogTail;

/**
 * Changes as server-sent events, as they come and from any position that the log still reaches. A watcher who is slow holds up
 * nobody but himself.
 */
final class WatchRoutes {
    private static final int WATCHERS_MAX = 1_000;
    private static final int BATCH = 500;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** How soon a watcher learns that the door closes. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Kinds kinds;
    private final Register register;
    private final Tokens tokens;
    private final LogTail tail;
    private final Clock clock;
    private final BooleanSupplier closing;
    private final Semaphore places = new Semaphore(WATCHERS_MAX);

    /** @param closing whether the door is going down */
    WatchRoutes(RestRooms rooms, BooleanSupplier closing) {
        this.kinds = rooms.kinds();
        this.register = rooms.register();
        this.tokens = rooms.tokens();
        this.tail = rooms.tail();
        this.clock = rooms.clock();
        this.closing = closing;
    }

    List<Route> routes() {
        return List.of(Route.of(
                        "GET", "/v1/watch", "Changes as they come, as server-sent events.", Shape.EVENTS, this::watch)
                .asking(
                        new Parameter("kind", "only this kind, such as Fleet"),
                        new Parameter("project", "only this project"),
                        new Parameter("name", "only this name"),
                        new Parameter(
                                "from", "a list's position, or an event's id; what comes now where it is left out")));
    }

    private void watch(Request request) throws IOException {
        var visible = register.watch(
                request.caller(),
                new Register.Watch(kind(request), request.parameter("project"), request.parameter("name")));
        var from = from(request);
        if (!places.tryAcquire()) throw new RestRefusal.TooManyWatchers(WATCHERS_MAX).asException();
        try {
            var http = request.http().res();
            http.setStatus(200);
            http.setContentType(MediaType.EVENTS);
            http.setCharacterEncoding("utf-8");
            follow(request, visible, from, http.getOutputStream());
        } finally {
            places.release();
        }
    }

    private void follow(Request request, Predicate<ChangeLog.Change> visible, ChangeLog.Position from, OutputStream out)
            throws IOException {
        var position = from;
        write(out, ": watching\n\n");
        long spoken = clock.nanos();
        while (!closing.getAsBoolean()) {
            var news = after(position);
            boolean silent = true;
            for (var change : news) {
                if (!visible.test(change)) continue;
                out.write(event(change).getBytes(StandardCharsets.UTF_8));
                silent = false;
            }
            if (!news.isEmpty()) position = news.getLast().position();
            if (!silent) out.flush();
            if (clock.nanos() - spoken < HEARTBEAT.toNanos()) continue;
            if (!tokens.stillSignedIn(request.caller()) || !register.canGoOnFrom(position)) return;
            // An id without data moves the watcher on, so that a long silence does not leave him behind the log.
            write(out, ": heartbeat\nid: %s\n\n".formatted(position));
            spoken = clock.nanos();
        }
    }

    private List<ChangeLog.Change> after(ChangeLog.Position position) throws IOException {
        try {
            return tail.after(position, BATCH, LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private Optional<Kind<?, ?>> kind(Request request) {
        return request.parameter("kind")
                .map(name -> kinds.named(name)
                        .orElseThrow(() -> request.bad(
                                "kind",
                                "there is no kind %s; expected one of %s"
                                        .formatted(
                                                name,
                                                kinds.all().stream()
                                                        .map(Kind::name)
                                                        .toList()))));
    }

    /** A browser that lost its connection says by itself where it stood; that counts more than the address it first asked. */
    private ChangeLog.Position from(Request request) {
        var given = Optional.ofNullable(request.http().header("Last-Event-ID"))
                .filter(id -> !id.isEmpty())
                .or(() -> request.parameter("from"));
        if (given.isEmpty()) return tail.end();
        var position = ChangeLog.Position.parse(given.get())
                .orElseThrow(() -> request.bad(
                        "from",
                        "from is %s; expected a position as a list or an event gives it".formatted(given.get())));
        if (!register.canGoOnFrom(position)) throw new RestRefusal.WatchTooOld(given.get()).asException();
        return position;
    }

    private static String event(ChangeLog.Change change) {
        return "id: %s\nevent: %s\ndata: %s\n\n".formatted(change.position(), change.what(), ResourceView.of(change));
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
