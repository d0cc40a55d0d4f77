package regie.rest;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Set;

/** Lets scripts of the web pages that were named in the settings ask (CORS), and nobody else's. No cookie is ever involved. */
final class CrossOrigin {
    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
    private static final String HEADERS =
            "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Last-Event-ID";
    private static final String SHOWN =
            "ETag, X-Request-Id, Retry-After, RateLimit, RateLimit-Policy, Idempotency-Replayed, Dry-Run, Deprecation, Sunset";
    private static final String SECONDS = "600";

    private final Set<String> origins;

    CrossOrigin(Set<String> origins) {
        this.origins = origins;
    }

    /** @return whether it was a browser's question beforehand, and has its answer now */
    boolean answered(Context http) {
        var origin = http.header("Origin");
        if (origins.isEmpty() || origin == null) return false;
        http.header("Vary", "Origin");
        if (!origins.contains(origin)) return false;
        http.header("Access-Control-Allow-Origin", origin);
        http.header("Access-Control-Expose-Headers", SHOWN);
        if (!http.method().equals(HandlerType.OPTIONS) || http.header("Access-Control-Request-Method") == null)
            return false;
        http.header("Access-Control-Allow-Methods", METHODS);
        http.header("Access-Control-Allow-Headers", HEADERS);
        http.header("Access-Control-Max-Age", SECONDS);
        http.status(204).skipRemainingHandlers();
        return true;
    }
}
