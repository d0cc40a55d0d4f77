package regie.rest;

import io.javalin.http.Context;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import regie.kernel.Check;
import tools.jackson.databind.node.ObjectNode;

/**
 * That something will go: a client that uses it is told in each answer (RFC 9745, RFC 8594), and whoever reads the description too. Only
 * what a release described so may be gone from a later one, and not before its sunset.
 *
 * @param since the day from which it is better not used
 * @param sunset the day from which it may be gone
 */
record Deprecation(LocalDate since, LocalDate sunset) {
    static final String SUNSET = "x-sunset";
    private static final String GUIDE = "/docs/concepts/clients.md";
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    Deprecation {
        Check.that(sunset.isAfter(since), "a sunset after the deprecation");
    }

    /** Such as {@code @1794960000}, a date as structured fields have it. */
    String sinceHeader() {
        return "@" + since.atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    }

    String sunsetHeader() {
        return HTTP_DATE.format(sunset.atStartOfDay(ZoneOffset.UTC));
    }

    void tell(Context http) {
        http.header("Deprecation", sinceHeader());
        http.header("Sunset", sunsetHeader());
        http.header("Link", "<%s>; rel=\"deprecation\"".formatted(GUIDE));
    }

    void describe(ObjectNode operationOrParameter) {
        operationOrParameter.put("deprecated", true).put(SUNSET, sunset.toString());
    }
}
