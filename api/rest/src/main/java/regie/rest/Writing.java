package regie.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import regie.identity.Desk;
import regie.identity.Repeats;
import regie.kernel.Sha256;

/**
 * How a request is done that changes something: as it is, as a rehearsal ({@code dryRun=true}), or once for all the times that it
 * comes under one {@code Idempotency-Key}. A rehearsal is never the first of those: it keeps nothing.
 */
final class Writing {
    static final Parameter DRY_RUN = new Parameter("dryRun", "`true`: answers as if it were done, and changes nothing");
    static final String KEY = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";

    /** Printable ASCII, in quotes or not. */
    private static final Pattern KEY_TEXT = Pattern.compile("\"[ !#-\\[\\]-~]{1,255}\"|[!#-~]{1,255}");

    private final Desk desk;
    private final Repeats repeats;

    Writing(RestRooms rooms) {
        this.desk = rooms.desk();
        this.repeats = rooms.repeats();
    }

    void handle(Request request, Route route) throws IOException {
        var key = request.header(KEY);
        if (!route.writes()) {
            route.handling().handle(request);
        } else if (request.flag(DRY_RUN.name())) {
            request.body(); // no caller who sends slowly is waited for in a transaction
            request.http().header("Dry-Run", "true");
            desk.rehearse(request.caller(), () -> handled(request, route));
        } else if (key.isPresent()) {
            once(request, route, plain(request, key.get()));
        } else {
            route.handling().handle(request);
        }
    }

    private void once(Request request, Route route, String key) throws IOException {
        var answered = repeats.once(request.caller(), key, digest(request, route), () -> handled(request, route));
        if (!answered.again()) return; // the answer stands already
        request.http().header(REPLAYED, "true");
        request.answer(answered.answer());
    }

    private static Repeats.Answer handled(Request request, Route route) {
        try {
            route.handling().handle(request);
            return request.answered();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String plain(Request request, String key) {
        if (!KEY_TEXT.matcher(key).matches())
            throw request.bad(KEY, "%s is %s; expected 1 to 255 printable ASCII characters".formatted(KEY, key));
        return key.startsWith("\"") ? key.substring(1, key.length() - 1) : key;
    }

    /** Of all that makes one request another: method, address, conditions, how the body is to be read, and the body. */
    private static byte[] digest(Request request, Route route) throws IOException {
        var digest = Sha256.begin();
        var http = request.http();
        var head = String.join(
                "\n",
                route.method(),
                http.path(),
                Optional.ofNullable(http.queryString()).orElse(""),
                request.header("If-Match").orElse(""),
                request.header("If-None-Match").orElse(""),
                request.mediaType());
        digest.update((head + "\n\n").getBytes(StandardCharsets.UTF_8));
        return digest.digest(request.body());
    }
}
