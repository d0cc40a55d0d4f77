package regie.rest;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import regie.identity.Caller;
import regie.identity.Condition;
import regie.identity.Repeats;
import regie.kernel.Documents;
import regie.kernel.Json;
import regie.kernel.Key;
import regie.kernel.Kind;
import regie.kernel.ManifestWriter;
import regie.kernel.Manifests;
import regie.kernel.Refused;

/** One request of a caller who has signed in, and its answer. */
final class Request {
    private final Context http;
    private final RestRooms rooms;
    private final Route route;
    private final Optional<Caller> caller;
    private final LargeBodies.Place place;
    private Optional<byte[]> body = Optional.empty();

    /** @param caller empty on a route for anybody */
    Request(Context http, RestRooms rooms, Route route, Optional<Caller> caller, LargeBodies.Place place) {
        this.place = place;
        this.http = http;
        this.rooms = rooms;
        this.route = route;
        this.caller = caller;
        checkParameters();
        tellOfWhatGoes();
    }

    Context http() {
        return http;
    }

    Caller caller() {
        return caller.orElseThrow(() -> regie.kernel.Check.failed("this route is for callers who signed in"));
    }

    /** A variable of the path. */
    String path(String name) {
        return http.pathParam(name);
    }

    /** @throws Refused with {@link RestRefusal.NoSuchPath} where the path names no kind that belongs there */
    Kind<?, ?> kind() {
        var scope = route.span() == Route.Span.ESTATE ? Kind.Scope.ESTATE : Kind.Scope.PROJECT;
        return rooms.kinds()
                .plural(path("plural"))
                .filter(kind -> kind.scope() == scope)
                .orElseThrow(() -> new RestRefusal.NoSuchPath(http.path()).asException());
    }

    Key key() {
        var project = route.span() == Route.Span.PROJECT ? path("project") : "";
        return kind().key(project, path("name"));
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(http.queryParam(name));
    }

    /** A parameter that may come several times. */
    List<String> parameters(String name) {
        return http.queryParams(name);
    }

    /** A whole number from {@code least} to {@code most}. */
    int number(String name, int least, int most, int otherwise) {
        var given = parameter(name);
        if (given.isEmpty()) return otherwise;
        try {
            int number = Integer.parseInt(given.get());
            if (number >= least && number <= most) return number;
        } catch (NumberFormatException e) {
            // said below
        }
        throw bad(name, "%s is %s; expected a whole number from %d to %d".formatted(name, given.get(), least, most));
    }

    boolean flag(String name) {
        return switch (parameter(name).orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            case String other -> throw bad(name, "%s is %s; expected true or false".formatted(name, other));
        };
    }

    /** Pairs {@code key=value} of a parameter that may come several times. */
    Map<String, String> pairs(String name) {
        var pairs = new LinkedHashMap<String, String>();
        for (var given : http.queryParams(name)) {
            int equals = given.indexOf('=');
            if (equals <= 0) throw bad(name, "%s is %s; expected key=value".formatted(name, given));
            pairs.put(given.substring(0, equals), given.substring(equals + 1));
        }
        return pairs;
    }

    Refused bad(String parameter, String detail) {
        return new RestRefusal.BadParameter(parameter, detail).asException();
    }

    /** Of {@code If-Match} and {@code If-None-Match}. */
    Condition condition() {
        var none = Optional.ofNullable(http.header("If-None-Match"));
        if (none.isPresent()) {
            if (!none.get().equals("*")) throw bad("If-None-Match", "If-None-Match can only be *");
            return Condition.ABSENT;
        }
        var match = Optional.ofNullable(http.header("If-Match"));
        if (match.isEmpty()) return Condition.NONE;
        if (!match.get().matches("\"\\d{1,18}\"")) {
            throw bad(
                    "If-Match",
                    "If-Match is %s; expected a generation in quotes, as ETag gives it".formatted(match.get()));
        }
        return Condition.at(Long.parseLong(match.get(), 1, match.get().length() - 1, 10));
    }

    /** Media type of the body, without parameters; empty where none is said. */
    String mediaType() {
        return MediaType.plain(http.req().getContentType());
    }

    /** @throws Refused where the body is of another type than {@code taken}, too large, or not UTF-8 */
    String text(List<String> taken) throws IOException {
        if (!mediaType().isEmpty() && !taken.contains(mediaType())) {
            throw new RestRefusal.WrongMediaType(mediaType(), taken).asException();
        }
        return Body.text(body());
    }

    /** The whole body, read once. */
    byte[] body() throws IOException {
        var read = body.isPresent()
                ? body.get()
                : Body.read(http.bodyInputStream(), http.req().getContentLengthLong(), rooms.clock(), place);
        body = Optional.of(read);
        return read;
    }

    /**
     * The body as it comes, for what is not kept in memory.
     *
     * @throws Refused where it is said to be of another type than {@code application/octet-stream}
     */
    InputStream bytes() {
        if (!mediaType().isEmpty() && !mediaType().equals(MediaType.BYTES)) {
            throw new RestRefusal.WrongMediaType(mediaType(), List.of(MediaType.BYTES)).asException();
        }
        return http.bodyInputStream();
    }

    /** Size of the body: {@code Content-Length}, or where the body comes in chunks {@code X-Regie-Size}. */
    long announcedBytes() {
        long length = http.req().getContentLengthLong();
        var said = header("X-Regie-Size");
        if (said.isEmpty() && length < 0) throw new RestRefusal.LengthMissing().asException();
        if (said.isEmpty()) return length;
        if (!said.get().matches("\\d{1,18}") || (length >= 0 && length != Long.parseLong(said.get()))) {
            throw bad(
                    "X-Regie-Size", "X-Regie-Size is %s; expected the size of the body in bytes".formatted(said.get()));
        }
        return Long.parseLong(said.get());
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(http.header(name));
    }

    /** The body as a record, read as a manifest's spec is. */
    <R> R body(Class<R> type) throws IOException {
        return Documents.read(type, "body", text(MediaType.DOCUMENT));
    }

    boolean prefersYaml() {
        return MediaType.prefersYaml(http.header("Accept"));
    }

    void json(int status, Object value) {
        http.status(status).contentType(MediaType.JSON).result(Json.MAPPER.writeValueAsBytes(value));
    }

    /** The same as JSON or, where the caller prefers it, as YAML. */
    void answer(Object value) {
        if (prefersYaml()) text(MediaType.YAML, ManifestWriter.document(value));
        else json(200, value);
    }

    void text(String mediaType, String text) {
        http.status(200).contentType(mediaType + "; charset=utf-8").result(text);
    }

    void nothing() {
        http.status(204);
    }

    /** What was answered so far. */
    Repeats.Answer answered() throws IOException {
        var result = http.resultInputStream();
        var bytes = result == null ? new byte[0] : result.readAllBytes();
        if (result != null) http.result(bytes); // it was read to its end
        return new Repeats.Answer(
                http.statusCode(),
                Optional.ofNullable(http.res().getContentType()).orElse(""),
                Optional.ofNullable(http.res().getHeader("ETag")),
                bytes);
    }

    /** Gives an answer as it was given before. */
    void answer(Repeats.Answer before) {
        before.etag().ifPresent(etag -> http.header("ETag", etag));
        http.status(before.status());
        if (before.body().length > 0) http.contentType(before.mediaType()).result(before.body());
    }

    private void checkParameters() {
        var known = route.allParameters().stream().map(Parameter::name).toList();
        for (var given : http.queryParamMap().entrySet()) {
            given.getValue().forEach(value -> checkReadable(given.getKey(), value));
            if (known.contains(given.getKey())) continue;
            throw bad(
                    given.getKey(),
                    "%s is not known here; expected %s"
                            .formatted(given.getKey(), known.isEmpty() ? "no parameter" : known));
        }
        http.pathParamMap().forEach(this::checkReadable);
        checkProject();
    }

    private void tellOfWhatGoes() {
        for (var parameter : route.allParameters())
            if (http.queryParamMap().containsKey(parameter.name()))
                parameter.deprecation().ifPresent(going -> going.tell(http));
        route.deprecation().ifPresent(going -> going.tell(http));
    }

    /** Of what is in a project that there can't be nothing could be listed, and that would look as if it were empty. */
    private void checkProject() {
        if (route.span() != Route.Span.PROJECT
                || Manifests.NAME.matcher(path("project")).matches()) return;
        throw bad(
                "project",
                "project is %s; expected a name: lower-case letters, digits, and dashes and dots between them"
                        .formatted(path("project")));
    }

    /** No control characters: what the database can't hold, and a terminal should not show. */
    private void checkReadable(String name, String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw bad(name, "%s holds a control character".formatted(name));
        }
    }
}
