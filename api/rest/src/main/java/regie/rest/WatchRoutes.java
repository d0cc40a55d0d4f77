package regie.rest;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import regie.identity.Register;
import regie.kernel.ChangeLog;
import regie.kernel.Kind;
import regie.kernel.Kinds;
import regie.kernel.LogTail;

/** Changes as server-sent events, as they come and from any position that the log still reaches. */
final class WatchRoutes {
    private static final int BATCH = 500;

    private final Kinds kinds;
    private final Register register;
    private final LogTail tail;
    private final EventStreams streams;
    private final EventTexts texts = new EventTexts();

    WatchRoutes(RestRooms rooms, EventStreams streams) {
        this.kinds = rooms.kinds();
        this.register = rooms.register();
        this.tail = rooms.tail();
        this.streams = streams;
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
        streams.serve(request, new Watch(visible, from));
    }

    private final class Watch implements EventStreams.Source {
        private final Predicate<ChangeLog.Change> visible;
        private ChangeLog.Position position;

        Watch(Predicate<ChangeLog.Change> visible, ChangeLog.Position from) {
            this.visible = visible;
            this.position = from;
        }

        @Override
        public List<byte[]> next(Duration wait) throws InterruptedException {
            var news = tail.after(position, BATCH, wait);
            if (!news.isEmpty()) position = news.getLast().position();
            return news.stream().filter(visible).map(texts::of).toList();
        }

        @Override
        public ChangeLog.Position position() {
            return position;
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
}
