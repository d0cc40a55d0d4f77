package regie.lab.clients;

import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/** Says what is wrong with an answer; by its own rules, for it knows nothing of the room but what every caller sees. */
final class Judge {
    private static final int TIMEOUT = 408;
    private static final String PROBLEM = "application/problem+json";

    /** What only somebody who looks inside would see: stack traces, names of classes, statements, folders. */
    private static final Pattern LEAK = Pattern.compile(
            "\\bat [a-z]\\w*(\\.\\w+)+\\("
                    + "|\\b(java|javax|jakarta|jdk|regie|io|org|com|tools)(\\.[a-z]\\w*)+\\.[A-Z]\\w+"
                    + "|\\w+Exception\\b|\\bError: "
                    + "|SQLSTATE|PSQL|\\bERROR: |(?i:\\bselect\\b.{1,200}\\bfrom\\b|\\binsert into\\b|\\bduplicate key\\b|\\bviolates\\b)"
                    + "|jetty|javalin|jackson|hikari"
                    + "|/(tmp|root|home|var|work)/",
            Pattern.DOTALL);

    private Judge() {}

    /** @return what is wrong; empty where nothing is */
    static Optional<String> of(Shot shot, Wire.Answer answer) {
        int status = answer.status();
        if (status >= 500) return Optional.of("a failure: " + status + " " + shortened(answer.body()));
        if (answer.headers().containsKey("x-injected")) return Optional.of("a header that the caller made up");
        if (status >= 400) return leak(answer).or(() -> noProblem(answer)).or(() -> wrongRefusal(shot, status));
        if (shot.expected() != Shot.Expected.NO_FAILURE)
            return Optional.of("taken, though it can't be: %d %s".formatted(status, shortened(answer.body())));
        return Optional.empty();
    }

    private static Optional<String> wrongRefusal(Shot shot, int status) {
        boolean wrong = shot.expected() == Shot.Expected.NOT_SIGNED_IN && status != 401 && status != 400;
        return wrong ? Optional.of("told to a stranger: " + status) : Optional.empty();
    }

    private static Optional<String> leak(Wire.Answer answer) {
        var found = LEAK.matcher(answer.body());
        if (found.find())
            return Optional.of("shows what is inside: '%s' in %s".formatted(found.group(), shortened(answer.body())));
        var headers = LEAK.matcher(answer.headers().toString());
        return headers.find()
                ? Optional.of("shows in its headers what is inside: " + headers.group())
                : Optional.empty();
    }

    private static Optional<String> noProblem(Wire.Answer answer) {
        // Who falls asleep before the end of its headers is sent away before there is anybody to answer.
        if (answer.status() == TIMEOUT && answer.body().isEmpty()) return Optional.empty();
        if (!answer.header("content-type").startsWith(PROBLEM))
            return Optional.of("a refusal that is no problem (RFC 9457): %d %s"
                    .formatted(answer.status(), shortened(answer.body())));
        try {
            var problem = Inventor.JSON.readTree(answer.body());
            boolean whole = problem.path("status").asInt(0) == answer.status()
                    && !problem.path("code").asString("").isBlank()
                    && !problem.path("detail").asString("").isBlank();
            return whole
                    ? Optional.empty()
                    : Optional.of("a problem that lacks something: " + shortened(answer.body()));
        } catch (JacksonException e) {
            return Optional.of("a problem that is no JSON: " + shortened(answer.body()));
        }
    }

    private static String shortened(String text) {
        return text.length() > 400 ? text.substring(0, 400) + "…" : text;
    }
}
