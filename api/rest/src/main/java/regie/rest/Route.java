package regie.rest;

import java.util.List;
import java.util.Optional;

/**
 * One thing that can be asked for: what the server registers, and what the OpenAPI description is made of.
 *
 * @param path with its variables in braces; {@code {plural}} stands for every kind of {@code span}
 * @param body schema of the request's body
 * @param answer schema of what comes back
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
                method, path, Span.NONE, about, List.of(), Optional.empty(), answer, Access.SIGNED_IN, handling);
    }

    Route spanning(Span other) {
        return new Route(method, path, other, about, parameters, body, answer, access, handling);
    }

    Route taking(Shape shape) {
        return new Route(method, path, span, about, parameters, Optional.of(shape), answer, access, handling);
    }

    Route asking(Parameter... more) {
        return new Route(method, path, span, about, List.of(more), body, answer, access, handling);
    }

    Route forAnybody() {
        return new Route(method, path, span, about, parameters, body, answer, Access.ANYBODY, handling);
    }
}
