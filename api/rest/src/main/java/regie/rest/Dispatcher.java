package regie.rest;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import regie.identity.Caller;
import regie.kernel.Kind;

/** Registers the routes, and brings each request to its own: signed in first, wherever it goes. */
final class Dispatcher {
    private static final String BEARER = "Bearer ";
    private static final String CALLER = "caller";
    private static final String REQUEST = "request";
    private static final String BEGUN = "begun";
    private static final String ROUTE = "route";

    private final RestRooms rooms;
    private final List<Route> routes;
    /** Method and path of the routes for anybody, which have no variables in them. */
    private final Set<String> forAnybody;

    private final AtomicBoolean closing;
    private final Writing writing;
    private final RateLimits rates;
    private final int perSecond;
    private final LargeBodies largeBodies;
    private final CrossOrigin crossOrigin;

    Dispatcher(RestRooms rooms, List<Route> routes, AtomicBoolean closing, Limits limits) {
        this.perSecond = limits.requestsPerSecond();
        this.rates = new RateLimits(perSecond, limits.burst(), rooms.clock());
        this.largeBodies = new LargeBodies(limits.largeBodies());
        this.crossOrigin = new CrossOrigin(limits.origins());
        this.rooms = rooms;
        this.routes = routes;
        this.forAnybody = routes.stream()
                .filter(route -> route.access() == Route.Access.ANYBODY)
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toUnmodifiableSet());
        this.closing = closing;
        this.writing = new Writing(rooms);
    }

    void register(JavalinConfig config) {
        config.routes.before(this::before);
        config.requestLogger.http((http, _) -> answered(http));
        var byPath = new LinkedHashMap<String, List<Route>>();
        for (var route : routes) {
            byPath.computeIfAbsent(route.method() + " " + route.path(), _ -> new ArrayList<>())
                    .add(route);
        }
        for (var same : byPath.values()) {
            var first = same.getFirst();
            config.routes.addHttpHandler(
                    HandlerType.findOrCreate(first.method()), first.path(), http -> handle(http, same));
        }
    }

    /** Id of the request, for the log and the audit trail; the caller finds it in the answer's header. */
    static String requestId(Context http) {
        return Optional.ofNullable(http.<String>attribute(REQUEST)).orElse("");
    }

    /** Also for paths that do not exist: whoever is not signed in learns nothing of what is here. */
    private void before(Context http) {
        var id = rooms.chance().uuid().toString();
        http.attribute(REQUEST, id);
        http.header("X-Request-Id", id);
        http.header("X-Content-Type-Options", "nosniff");
        http.header("Cache-Control", "no-store");
        http.attribute(BEGUN, rooms.clock().nanos());
        if (crossOrigin.answered(http) || forAnybody(http)) return;
        var caller = rooms.tokens().signIn(bearer(http.header("Authorization")), id);
        http.attribute(CALLER, caller);
        checkRate(http, caller);
        if (!MediaType.isUtf8(http.header("Content-Type")))
            throw new RestRefusal.BodyUnreadable("its charset is another than UTF-8").asException();
        if (closing.get()) throw new RestRefusal.Stopping().asException();
    }

    private void checkRate(Context http, Caller caller) {
        var verdict = rates.ask(caller.token());
        http.header("RateLimit-Policy", rates.policy());
        http.header("RateLimit", "\"default\";r=%d;t=%d".formatted(verdict.remaining(), verdict.fullInSeconds()));
        if (!verdict.allowed()) throw new RestRefusal.TooManyRequests(perSecond, verdict.waitSeconds()).asException();
    }

    private void answered(Context http) {
        long begun = Optional.ofNullable(http.<Long>attribute(BEGUN))
                .orElse(rooms.clock().nanos());
        var route = Optional.ofNullable(http.<String>attribute(ROUTE)).orElse("");
        rooms.monitor()
                .answered(
                        http.method().name(),
                        route,
                        http.statusCode(),
                        rooms.clock().nanos() - begun);
    }

    private boolean forAnybody(Context http) {
        return forAnybody.contains(http.method().name() + " " + http.path());
    }

    /** The token in the header {@code Authorization}. */
    static Optional<String> bearer(@Nullable String authorization) {
        return Optional.ofNullable(authorization)
                .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(header -> header.substring(BEARER.length()).strip());
    }

    private void handle(Context http, List<Route> same) throws java.io.IOException {
        var route = same.stream()
                .filter(each -> serves(http, each))
                .findFirst()
                .orElseThrow(() -> new RestRefusal.NoSuchPath(http.path()).asException());
        var caller = Optional.ofNullable(http.<Caller>attribute(CALLER));
        http.attribute(ROUTE, route.path());
        try (var place = largeBodies.new Place()) {
            writing.handle(new Request(http, rooms, route, caller, place), route);
        }
    }

    /** Two routes may have one path: a kind of the estate, and a kind of a project over all projects. */
    private boolean serves(Context http, Route route) {
        if (route.span() == Route.Span.NONE) return true;
        var scope = route.span() == Route.Span.ESTATE ? Kind.Scope.ESTATE : Kind.Scope.PROJECT;
        return rooms.kinds()
                .plural(http.pathParam("plural"))
                .filter(kind -> kind.scope() == scope)
                .isPresent();
    }
}
