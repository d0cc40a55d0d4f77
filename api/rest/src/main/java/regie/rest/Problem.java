package regie.rest;

import java.util.Map;
import java.util.TreeMap;
import regie.kernel.Json;
import regie.kernel.Refusal;
import tools.jackson.databind.node.ObjectNode;

/**
 * A no over HTTP (RFC 9457).
 *
 * @param code names the page {@code docs/problems/<code>.md}
 * @param facts small values under stable names, beside the standard members
 */
record Problem(int status, String code, String detail, Map<String, Object> facts) {
    static final String MEDIA_TYPE = "application/problem+json";

    /** The one place where a refusal becomes HTTP. */
    static Problem of(Refusal refusal) {
        return new Problem(status(refusal), refusal.code(), refusal.detail(), refusal.facts());
    }

    private static int status(Refusal refusal) {
        if (refusal instanceof RestRefusal known) return known.status();
        return switch (refusal.kind()) {
            case MALFORMED -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case GONE -> 410;
            case IMPOSSIBLE -> 422;
            case TOO_MUCH -> 429;
            case TOO_LARGE -> 413;
        };
    }

    /** The database or another part of the world gave no answer. */
    static Problem fault() {
        return new Problem(
                503,
                "unavailable",
                "Something that the control room needs gives no answer; the change may or may not have been made."
                        + " Look, and ask again in a moment.",
                Map.of());
    }

    /** Our own bug: the caller learns only under which id to find it in the log. */
    static Problem broken(String request) {
        return new Problem(
                500,
                "internal",
                "The control room made a mistake. Its log tells more under request %s.".formatted(request),
                Map.of("request", request));
    }

    /** What the HTTP machinery itself refuses, such as a header that is too long. */
    static Problem http(int status, String reason) {
        return new Problem(status, "bad-http", "The request is no HTTP that is taken here: " + reason + ".", Map.of());
    }

    Problem withStatus(int other) {
        return new Problem(other, code, detail, facts);
    }

    String json() {
        return tree().toString();
    }

    ObjectNode tree() {
        var tree = Json.MAPPER.createObjectNode();
        tree.put("type", "/docs/problems/" + code);
        tree.put("title", title());
        tree.put("status", status);
        tree.put("code", code);
        tree.put("detail", detail);
        new TreeMap<>(facts).forEach((name, value) -> tree.set(name, Json.tree(value)));
        return tree;
    }

    private String title() {
        var words = code.replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
