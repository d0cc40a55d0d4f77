package regie.rest;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import regie.identity.Desk;
import regie.identity.Register;
import regie.kernel.BadField;
import regie.kernel.Declared;
import regie.kernel.FieldApply;
import regie.kernel.Filter;
import regie.kernel.Json;
import regie.kernel.Kind;
import regie.kernel.ManifestWriter;
import regie.kernel.Selection;
import regie.kernel.Sort;
import regie.kernel.Spec;
import regie.kernel.Status;
import tools.jackson.databind.node.ObjectNode;

/** Every kind's resources: list, get, put, patch, delete, actions, explain. */
final class ResourceRoutes {
    private static final int PAGE = 500;
    private static final Parameter[] LIST = {
        new Parameter("label", "key=value that every resource has to carry; may come several times"),
        new Parameter(
                "where",
                "a condition on a field, such as `status.stage=running`; also `!=`, `<`, `<=`, `>`, `>=`, and `~` for contains; may"
                        + " come several times, and all must hold"),
        new Parameter(
                "sort",
                "a field to sort by, such as `createdAt`; `-createdAt` for the newest first; else project and name"),
        new Parameter("fields", "only these fields of each resource, such as `spec.flavor,status.stage`"),
        new Parameter("limit", "most resources of one page, 1 to 1000; 500 where it is left out"),
        new Parameter("after", "the page behind this one: the `next` of the page before"),
        new Parameter("as", "`table` for rows of text, with what the kind's columns show"),
        new Parameter("wide", "`true` for a table with the columns that are otherwise left out"),
    };

    private static final Parameter MANAGED =
            new Parameter("managed", "`true`: with who holds which of its fields, as `managed`");
    private static final Parameter MANAGER = new Parameter(
            "fieldManager", "with a body of application/apply-patch+yaml: in whose name the fields are applied");
    private static final Parameter FORCE =
            new Parameter("force", "with fieldManager: `true` takes fields from others who want something else");

    private final Desk desk;
    private final Register register;

    ResourceRoutes(RestRooms rooms) {
        this.desk = rooms.desk();
        this.register = rooms.register();
    }

    List<Route> routes() {
        return java.util.stream.Stream.of(
                        of(Route.Span.ESTATE, "/v1/{plural}"),
                        of(Route.Span.PROJECT, "/v1/projects/{project}/{plural}"),
                        List.of(list(Route.Span.ALL_PROJECTS, "/v1/{plural}")))
                .flatMap(List::stream)
                .toList();
    }

    private List<Route> of(Route.Span span, String all) {
        var one = all + "/{name}";
        return List.of(
                list(span, all),
                Route.of("GET", one, "One resource.", Shape.RESOURCE, this::get)
                        .spanning(span)
                        .asking(MANAGED),
                Route.of("PUT", one, "Creates a resource, or replaces its labels and spec.", Shape.RESOURCE, this::put)
                        .spanning(span)
                        .taking(Shape.RESOURCE_CONTENT),
                Route.of(
                                "PATCH",
                                one,
                                "Changes labels and spec by a merge patch (RFC 7396); or, as application/apply-patch+yaml, applies"
                                        + " the fields that a manager holds.",
                                Shape.RESOURCE,
                                this::patch)
                        .spanning(span)
                        .asking(MANAGER, FORCE)
                        .taking(Shape.RESOURCE_PATCH),
                Route.of(
                                "DELETE",
                                one,
                                "Deletes: 204 where it is gone, 202 where a loop still takes it down.",
                                Shape.RESOURCE,
                                this::delete)
                        .spanning(span),
                Route.of(
                                "GET",
                                one + "/explain",
                                "Why it is as it is: what waits, what it needs, who needs it.",
                                Shape.EXPLANATION,
                                this::explain)
                        .spanning(span),
                Route.of(
                                "POST",
                                one + "/actions/{action}",
                                "Does one of the kind's actions.",
                                Shape.RESOURCE,
                                this::act)
                        .spanning(span)
                        .taking(Shape.ACTION_INPUT));
    }

    private Route list(Route.Span span, String path) {
        var about = span == Route.Span.ALL_PROJECTS
                ? "Resources of all projects that the caller may see."
                : "Resources in order of name; as YAML a manifest that can be applied again.";
        return Route.of("GET", path, about, Shape.RESOURCE_LIST, this::list)
                .spanning(span)
                .asking(LIST);
    }

    private void list(Request request) {
        list(request, request.kind());
    }

    private <S extends Spec, T extends Status> void list(Request request, Kind<S, T> kind) {
        var project = Optional.ofNullable(request.http().pathParamMap().get("project"));
        var fields = FieldChoice.of(request, kind);
        var page = register.list(request.caller(), kind, selection(request, kind, project));
        switch (request.parameter("as").orElse("resources")) {
            case "resources" -> {
                if (request.prefersYaml()) request.text(MediaType.YAML, ListView.yaml(page));
                else request.json(200, ListView.of(page, fields));
            }
            case "table" -> request.json(200, ListView.table(kind, page, request.flag("wide")));
            case String other -> throw request.bad("as", "as is %s; expected table".formatted(other));
        }
    }

    private static Selection selection(Request request, Kind<?, ?> kind, Optional<String> project) {
        var conditions = request.http().queryParams("where");
        if (conditions.size() > Filter.MOST) {
            throw request.bad(
                    "where", "where is given %d times; expected at most %d".formatted(conditions.size(), Filter.MOST));
        }
        var which = Selection.ALL
                .withLabels(request.pairs("label"))
                .where(conditions.stream().map(text -> Filter.of(kind, text)).toList())
                .sorted(request.parameter("sort").map(text -> Sort.of(kind, text)));
        var narrowed = project.map(which::inProject).orElse(which);
        var after = request.parameter("after").map(cursor -> PageEnd.read(request, kind, narrowed, cursor));
        return narrowed.page(after, request.number("limit", 1, Selection.PAGE_MAX, PAGE));
    }

    private void get(Request request) {
        var found = register.get(request.caller(), request.key());
        if (request.prefersYaml()) request.text(MediaType.YAML, ManifestWriter.write(found));
        else if (request.flag(MANAGED.name())) managed(request, found);
        else answer(request, 200, found);
    }

    private void put(Request request) throws IOException {
        var text = request.text(MediaType.DOCUMENT);
        var outcome = desk.put(request.caller(), request.key(), text, request.condition());
        answer(request, outcome.created() ? 201 : 200, outcome.now());
    }

    private void managed(Request request, Declared<?, ?> found) {
        var held = register.managed(request.caller(), request.key());
        var view = (ObjectNode) Json.tree((Object) ResourceView.of(found));
        view.set("managed", Json.tree((Object) held.byManager()));
        request.http().header("ETag", "\"" + found.generation() + "\"");
        request.json(200, view);
    }

    private void patch(Request request) throws IOException {
        var text = request.text(MediaType.PATCH);
        if (request.mediaType().equals(MediaType.APPLY_PATCH)) {
            var manager = manager(request);
            var applied = desk.applyFields(request.caller(), request.key(), manager, text, request.condition());
            answer(request, applied.created() ? 201 : 200, applied.now());
            return;
        }
        for (var parameter : List.of(MANAGER.name(), FORCE.name()))
            if (request.parameter(parameter).isPresent())
                throw request.bad(parameter, "%s goes with a body of %s".formatted(parameter, MediaType.APPLY_PATCH));
        var outcome = desk.patch(request.caller(), request.key(), text, request.condition());
        answer(request, 200, outcome.now());
    }

    private static FieldApply.Manager manager(Request request) {
        var name = request.parameter(MANAGER.name()).orElse("");
        try {
            return new FieldApply.Manager(name, request.flag(FORCE.name()));
        } catch (BadField e) {
            throw request.bad(
                    MANAGER.name(), "fieldManager is %s; expected %s".formatted(name, FieldApply.Manager.EXPECTED));
        }
    }

    private void act(Request request) throws IOException {
        var text = request.text(MediaType.DOCUMENT);
        var outcome = desk.act(request.caller(), request.key(), request.path("action"), text, request.condition());
        answer(request, 200, outcome.now());
    }

    private void delete(Request request) {
        var left = desk.delete(request.caller(), request.key(), request.condition());
        if (left.isPresent()) answer(request, 202, left.get());
        else request.nothing();
    }

    private void explain(Request request) {
        request.json(200, register.explain(request.caller(), request.key()));
    }

    private static void answer(Request request, int status, Declared<?, ?> declared) {
        request.http().header("ETag", "\"" + declared.generation() + "\"");
        request.json(status, ResourceView.of(declared));
    }
}
