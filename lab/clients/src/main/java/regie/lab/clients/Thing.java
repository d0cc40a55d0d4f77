package regie.lab.clients;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What stands under one name of a user: two labels that the user wrote there, and the generation that the room has to give it.
 *
 * @param value of the label {@code value}; no two writes of a user have the same
 * @param note of the label {@code note}, which patches add, change and take away
 */
record Thing(long value, Optional<Long> note, long generation) {
    static final String KIND = "Keypair";
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1xqOD2jB5Jd2P7vFyP0dqT5Ssg5mFq2cZ7B3q1jv9X user";

    /** A body that puts it there. */
    static String content(int user, long value) {
        return "{\"labels\":{\"user\":\"u%d\",\"value\":\"%d\"},\"spec\":{\"publicKey\":\"%s\"}}"
                .formatted(user, value, KEY);
    }

    /** As the room shows it: in an answer, a list or an event. */
    static Thing of(JsonNode resource) {
        var labels = resource.path("labels");
        return new Thing(
                number(labels.path("value")).orElse(-1L),
                number(labels.path("note")),
                resource.path("generation").asLong(-1));
    }

    private static Optional<Long> number(JsonNode label) {
        return label.isString() ? Optional.of(Long.parseLong(label.stringValue())) : Optional.empty();
    }
}
