package regie.rest;

import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import regie.identity.Desk;
import regie.kernel.About;
import regie.kernel.Key;
import regie.kernel.Kind;
import regie.kernel.Kinds;
import regie.kernel.Manifests;
import regie.kernel.Wanted;

/** Whole manifests: plan, apply, delete. */
final class ManifestRoutes {
    private static final String DEFAULT_PROJECT = "default";
    private static final Parameter FILE = new Parameter("file", "with a YAML body: its name, for messages");
    private static final Parameter PROJECT =
            new Parameter("project", "with a YAML body: the project where documents say none");
    private static final Parameter NUMBER = new Parameter("number", "with a YAML body: the plan's number");

    private final Kinds kinds;
    private final Manifests manifests;
    private final Desk desk;

    ManifestRoutes(RestRooms rooms) {
        this.kinds = rooms.kinds();
        this.manifests = rooms.manifests();
        this.desk = rooms.desk();
    }

    /** What a plan or an application is asked for with. */
    record Files(
            @About(value = "The project where documents say none.", otherwise = "\"default\"")
            String project,

            @About("The number of a plan: do exactly that, or nothing.")
            Optional<String> number,

            @Size(max = 1000) List<File> files) {}

    record File(
            @About("Its name, for messages.") String name,
            @About("YAML or JSON documents.") String text) {}

    /** What a deletion is asked for with. */
    record Keys(
            @About(value = "Only say what would be deleted, and its number.", otherwise = "false")
            boolean plan,

            @About("The number of a plan: do exactly that, or nothing.")
            Optional<String> number,

            @Size(max = 50_000) List<KeyWanted> keys) {}

    record KeyWanted(
            @About("Name of the kind, such as Fleet.") String kind,

            @About(value = "Left out for kinds of the estate.", otherwise = "\"default\"")
            String project,

            String name) {}

    List<Route> routes() {
        return List.of(
                Route.of(
                                "POST",
                                "/v1/plan",
                                "What applying manifests would change, with a number for it.",
                                Shape.CHANGES,
                                this::plan)
                        .taking(Shape.MANIFESTS)
                        .asking(FILE, PROJECT)
                        .noTransaction(),
                Route.of(
                                "POST",
                                "/v1/apply",
                                "Makes what is declared equal to manifests, all of it or nothing.",
                                Shape.CHANGES,
                                this::apply)
                        .taking(Shape.MANIFESTS)
                        .asking(FILE, PROJECT, NUMBER),
                Route.of("POST", "/v1/delete", "Deletes several resources, all or none.", Shape.CHANGES, this::delete)
                        .taking(Shape.KEYS));
    }

    private void plan(Request request) throws IOException {
        request.json(200, desk.plan(request.caller(), wanted(files(request))));
    }

    private void apply(Request request) throws IOException {
        var files = files(request);
        request.json(200, desk.apply(request.caller(), wanted(files), files.number()));
    }

    private void delete(Request request) throws IOException {
        var asked = request.body(Keys.class);
        var keys =
                asked.keys().stream().map(key -> key(request, key)).distinct().toList();
        request.json(
                200,
                asked.plan()
                        ? desk.planDelete(request.caller(), keys)
                        : desk.delete(request.caller(), keys, asked.number()));
    }

    private Key key(Request request, KeyWanted wanted) {
        return kinds.named(wanted.kind())
                .map(kind -> kind.key(wanted.project(), wanted.name()))
                .orElseThrow(() -> request.bad(
                        "kind",
                        "there is no kind %s; expected one of %s"
                                .formatted(
                                        wanted.kind(),
                                        kinds.all().stream().map(Kind::name).toList())));
    }

    private static Files files(Request request) throws IOException {
        if (!request.mediaType().equals(MediaType.YAML)) return request.body(Files.class);
        return new Files(
                request.parameter("project").orElse(DEFAULT_PROJECT),
                request.parameter("number"),
                List.of(new File(request.parameter("file").orElse("body"), request.text(MediaType.DOCUMENT))));
    }

    private List<Wanted> wanted(Files files) {
        var sources = files.files().stream()
                .map(file -> new Manifests.Source(file.name(), file.text()))
                .toList();
        return manifests.read(sources, files.project());
    }
}
