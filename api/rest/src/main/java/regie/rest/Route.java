package regie.rest;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One thing that can be asked for: what the server registers, and what the OpenAPI description is made of.
 *
 * @param path with its variables in braces; {@code {plural}} stands for every kind of {@code span}
 * @param body schema of the request's body
 * @param answer schema of what comes back
 * @param deprecation that it will go
 * @param writes whether it is a change, made in one transaction: it can be rehearsed, and sent again under a key
 */
record Route(
        String method,
        String path,
        Span span,
        String about,
        List<Parameter> parameters,
        Optional<Shape> body,
        Shape answer,
        Access access,
        boolean writes,
        Optional<Deprecation> deprecation,
        Handling handling) {

    /** Which kinds {@code {plural}} in the path stands for. */
    enum Span {
        /** The path names no kind. */
        NONE,
        /** Each kind of the estate: {@code /v1/sites}. */
        ESTATE,
        /** Each kind of a project: {@code /v1/projects/{project}/instances}. */
        PROJECT,
        /** Each kind of a project, over all projects. */
        ALL_PROJECTS
    }

    enum Access {
        /** Only with a token. */
        SIGNED_IN,
        /** For whoever asks whether the process lives; says nothing else. */
        ANYBODY
    }

    @FunctionalInterface
    interface Handling {
        void handle(Request request) throws java.io.IOException;
    }

    static Route of(String method, String path, String about, Shape answer, Handling handling) {
        return new Route(
                method,
                path,
                Span.NONE,
                about,
                List.of(),
                Optional.empty(),
                answer,
                Access.SIGNED_IN,
                !method.equals("GET"),
                Optional.empty(),
                handling);
    }

    Route spanning(Span other) {
        return new Route(method, path, other, about, parameters, body, answer, access, writes, deprecation, handling);
    }

    Route taking(Shape shape) {
        return new Route(
                method,
                path,
                span,
                about,
                parameters,
                Optional.of(shape),
                answer,
                access,
                writes,
                deprecation,
                handling);
    }

    Route asking(Parameter... more) {
        return new Route(method, path, span, about, List.of(more), body, answer, access, writes, deprecation, handling);
    }

    /** Of one that only asks, with a body, or that takes more bytes than a transaction should wait for: the same again changes nothing. */
    Route noTransaction() {
        return new Route(method, path, span, about, parameters, body, answer, access, false, deprecation, handling);
    }

    /** Those of its own, and those that all of its sort take. */
    List<Parameter> allParameters() {
        return writes
                ? Stream.concat(parameters.stream(), Stream.of(Writing.DRY_RUN)).toList()
                : parameters;
    }

    Route deprecated(Deprecation going) {
        return new Route(
                method, path, span, about, parameters, body, answer, access, writes, Optional.of(going), handling);
    }

    Route forAnybody() {
        return new Route(
                method, path, span, about, parameters, body, answer, Access.ANYBODY, writes, deprecation, handling);
    }
}
