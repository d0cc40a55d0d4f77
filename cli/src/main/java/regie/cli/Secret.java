package regie.cli;

import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A secret that the room shows once.
 *
 * @param field where in the answer it stands
 */
record Secret(JsonNode answer, String field) {
    /** Into the file, or alone on standard output; what else there is to know goes to standard error. */
    void give(Terminal terminal, Optional<Path> file) {
        var secret = Json.text(answer, field);
        if (secret.isEmpty())
            throw new Failure(ExitCode.FAULT, "answer-unreadable", "The room's answer holds no %s.".formatted(field));
        file.ifPresentOrElse(
                place -> SecretFile.hand(place, secret), () -> terminal.out().println(secret));
        file.ifPresent(place -> terminal.err().println("Written to %s, readable by you alone.".formatted(place)));
        var expires = Json.text(answer, "expiresAt");
        if (!expires.isEmpty()) terminal.err().println("It is good until %s.".formatted(expires));
    }
}
