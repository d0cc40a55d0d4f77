package regie.rest;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import regie.identity.Register;
import regie.kernel.Actions;
import regie.kernel.Kind;
import regie.kernel.Kinds;

/** What this server is: alive, ready, its version, its kinds, its description. */
final class AboutRoutes {
    private final Kinds kinds;
    private final Actions actions;
    private final RestSettings.Build build;
    private final Monitor monitor;
    private final Register register;
    private final Supplier<String> openApi;
    private final BooleanSupplier closing;

    AboutRoutes(RestRooms rooms, RestSettings.Build build, Supplier<String> openApi, BooleanSupplier closing) {
        this.kinds = rooms.kinds();
        this.actions = rooms.actions();
        this.build = build;
        this.monitor = rooms.monitor();
        this.register = rooms.register();
        this.openApi = openApi;
        this.closing = closing;
    }

    record KindView(
            String name,
            String plural,
            Kind.Scope scope,
            String about,
            List<ColumnView> columns,
            List<ActionView> actions) {}

    record ColumnView(String title, boolean wide) {}

    record ActionView(String name, String about) {}

    record VersionView(String version, String api, String commit, String java) {}

    List<Route> routes() {
        return List.of(
                Route.of(
                                "GET",
                                "/healthz",
                                "Whether the process lives.",
                                Shape.TEXT,
                                request -> request.text(MediaType.TEXT, "ok"))
                        .forAnybody(),
                Route.of("GET", "/readyz", "Whether it takes requests.", Shape.TEXT, this::ready)
                        .forAnybody(),
                Route.of(
                        "GET",
                        "/v1/version",
                        "The version of this server, the commit it was built of, and its Java.",
                        Shape.VERSION,
                        request -> request.json(
                                200, new VersionView(build.version(), "v1", build.commit(), build.java()))),
                Route.of(
                        "GET",
                        "/metrics",
                        "Figures of the process in the text format of Prometheus, for operators and auditors.",
                        Shape.TEXT,
                        this::metrics),
                Route.of(
                        "GET",
                        "/v1/kinds",
                        "The kinds there are, with their columns and actions.",
                        Shape.KIND_LIST,
                        request -> request.json(
                                200, kinds.all().stream().map(this::view).toList())),
                Route.of(
                        "GET",
                        "/v1/openapi.json",
                        "This description.",
                        Shape.OPENAPI,
                        request -> request.text(MediaType.JSON, openApi.get())));
    }

    private void ready(Request request) {
        if (!closing.getAsBoolean() && monitor.ready()) request.text(MediaType.TEXT, "ok");
        else request.http().status(503).contentType(MediaType.TEXT).result("not ready");
    }

    private void metrics(Request request) {
        register.checkFigures(request.caller());
        request.text(MediaType.TEXT, monitor.figures());
    }

    private KindView view(Kind<?, ?> kind) {
        return new KindView(
                kind.name(),
                kind.plural(),
                kind.scope(),
                kind.about(),
                kind.columns().stream()
                        .map(column -> new ColumnView(column.title(), column.wide()))
                        .toList(),
                actions.of(kind).stream()
                        .map(action -> new ActionView(action.name(), action.about()))
                        .toList());
    }
}
