package regie.lab.clients;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import regie.lab.clients.Shot.Expected;
import tools.jackson.databind.JsonNode;

/**
 * Aims at one operation: what is asked for is nearly right, and wrong in one respect. A write that might be good by chance is sent
 * as a rehearsal; so whatever is answered, nothing may change.
 */
final class Marksman {
    private static final List<String> MEDIA_TYPES = List.of(
            "application/xml",
            "text/html",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "application/x-www-form-urlencoded",
            "application/json; charset=utf-16",
            "application/json; charset=nonsense",
            "application/merge-patch+json",
            "application/apply-patch+yaml",
            "application/yaml",
            "application/octet-stream",
            "text/plain",
            "*/*",
            "nonsense",
            ";",
            "a/b; c=\"");
    private static final List<String> METHODS = List.of("TRACE", "CONNECT", "BREW", "get", "PROPFIND", "A".repeat(500));
    private static final List<String> HEADERS = List.of(
            "If-Match",
            "If-None-Match",
            "Idempotency-Key",
            "Accept",
            "Accept-Encoding",
            "Content-Encoding",
            "Last-Event-ID",
            "Range",
            "Cookie",
            "Origin",
            "X-HTTP-Method-Override",
            "X-Forwarded-For",
            "X-Regie-Size",
            "X-Request-Id",
            "traceparent",
            "Date",
            "Forwarded");

    private final String token;
    private final Inventor inventor;
    private final Spoiler spoiler;
    private final RandomGenerator chance;

    Marksman(JsonNode description, String token, RandomGenerator chance) {
        this.token = token;
        this.chance = chance;
        this.inventor = new Inventor(description, chance);
        this.spoiler = new Spoiler(chance);
    }

    Shot at(Operation operation) {
        return switch (chance.nextInt(12)) {
            case 0 -> stranger(operation);
            case 1 -> wrongName(operation);
            case 2, 3 -> wrongQuery(operation);
            case 4 -> wrongHeader(operation);
            case 5 -> wrongMediaType(operation);
            case 6 -> wrongMethod(operation);
            case 7, 8 -> impossibleBody(operation);
            default -> spoiledBody(operation);
        };
    }

    private Shot stranger(Operation operation) {
        var shot = begin(operation, operation.method(), query(operation, true), spoiler.spoiled(body(operation)));
        var wrong = List.of(
                "",
                "Bearer",
                "Bearer ",
                "Bearer regie_",
                "Basic " + token,
                "Bearer " + token + "x",
                token,
                "bearer \u0000");
        var said = wrong.get(chance.nextInt(wrong.size()));
        if (!said.isEmpty()) shot.header("Authorization", said);
        return shot.expecting(operation.open() ? Expected.NO_FAILURE : Expected.NOT_SIGNED_IN)
                .build();
    }

    private Shot wrongName(Operation operation) {
        if (operation.in("path").isEmpty()) return spoiledBody(operation);
        var name = spoiler.name();
        var variables = operation.in("path");
        var variable = variables.get(chance.nextInt(variables.size())).name();
        var target = operation.path().replace("{" + variable + "}", name);
        // What is behind a semicolon may be passed over, and then it is a good name.
        var expected = name.contains(";") || name.equals("target%2fexplain") ? Expected.NO_FAILURE : Expected.REFUSED;
        return signed(new Shot.Builder(operation.method(), named(target) + query(operation, true)))
                .header("Content-Type", mediaType(operation))
                .body(json(body(operation)))
                .expecting(expected)
                .streaming(operation.streams())
                .build();
    }

    private Shot wrongQuery(Operation operation) {
        var known = operation.in("query").stream()
                .map(Operation.Parameter::name)
                .filter(name -> !name.equals("dryRun"))
                .toList();
        boolean unknown = known.isEmpty() || chance.nextInt(4) == 0;
        var name = unknown ? "nonsense" : known.get(chance.nextInt(known.size()));
        var value = chance.nextInt(8) == 0 ? "%ff%zz" : encoded(spoiler.shortText());
        var query = query(operation, true);
        query += (query.isEmpty() ? "?" : "&") + name + "=" + value;
        if (chance.nextInt(4) == 0) query += "&" + name + "=" + encoded(spoiler.shortText());
        return signed(begin(operation, operation.method(), query, body(operation)))
                .expecting(unknown ? Expected.REFUSED : Expected.NO_FAILURE)
                .build();
    }

    private Shot wrongHeader(Operation operation) {
        var name = HEADERS.get(chance.nextInt(HEADERS.size()));
        return signed(begin(operation, operation.method(), query(operation, true), body(operation)))
                .header(name, spoiler.shortText())
                .build();
    }

    private Shot wrongMediaType(Operation operation) {
        var target = named(operation.path()) + query(operation, true);
        return signed(new Shot.Builder(operation.method(), target))
                .header("Content-Type", MEDIA_TYPES.get(chance.nextInt(MEDIA_TYPES.size())))
                .body(json(body(operation)))
                .streaming(operation.streams())
                .build();
    }

    private Shot wrongMethod(Operation operation) {
        var method = METHODS.get(chance.nextInt(METHODS.size()));
        return signed(begin(operation, method, "", body(operation)))
                .expecting(Expected.REFUSED)
                .build();
    }

    /** No rehearsal: it has to be refused for what it is. */
    private Shot impossibleBody(Operation operation) {
        if (!operation.bodyRequired() || !operation.mediaType().contains("json")) return spoiledBody(operation);
        return signed(new Shot.Builder(operation.method(), named(operation.path()) + query(operation, false)))
                .header("Content-Type", operation.mediaType())
                .body(spoiler.impossible(json(body(operation))))
                .expecting(Expected.REFUSED)
                .build();
    }

    private Shot spoiledBody(Operation operation) {
        return signed(begin(operation, operation.method(), query(operation, true), spoiler.spoiled(body(operation))))
                .build();
    }

    private Shot.Builder begin(Operation operation, String method, String query, JsonNode body) {
        var shot = new Shot.Builder(method, named(operation.path()) + query).streaming(operation.streams());
        if (operation.body().isEmpty()) return shot;
        return shot.header("Content-Type", mediaType(operation)).body(json(body));
    }

    private Shot.Builder signed(Shot.Builder shot) {
        return shot.header("Authorization", "Bearer " + token);
    }

    private static String mediaType(Operation operation) {
        return operation.mediaType().isEmpty() ? "application/json" : operation.mediaType();
    }

    /** Where nothing is rehearsed, bytes are for an image that is not there. */
    private static String named(String path) {
        return path.replace("/images/{name}/content/{role}", "/images/absent/content/disk")
                .replaceAll("\\{\\w+}", Inventor.NAME);
    }

    private String query(Operation operation, boolean rehearsal) {
        var said = new ArrayList<String>();
        if (rehearsal && operation.rehearses()) said.add("dryRun=true");
        return said.isEmpty() ? "" : "?" + String.join("&", said);
    }

    private JsonNode body(Operation operation) {
        return Optional.of(operation)
                .flatMap(Operation::body)
                .map(inventor::like)
                .orElseGet(Inventor.JSON::createObjectNode);
    }

    private static byte[] json(JsonNode tree) {
        return Inventor.JSON.writeValueAsBytes(tree);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
