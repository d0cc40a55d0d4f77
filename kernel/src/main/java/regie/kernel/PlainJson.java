package regie.kernel;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as programs send it: printable ASCII without escapes, which reads the same as YAML does and many times faster. All else is
 * left to {@link Yaml}, the one to say what is wrong with a text and where.
 */
final class PlainJson {
    private static final ObjectReader READER =
            Json.MAPPER.readerFor(ObjectNode.class).with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    private PlainJson() {}

    /** Empty where {@code text} is anything else. */
    static Optional<ObjectNode> read(String text) {
        if (!text.startsWith("{") || !plain(text)) return Optional.empty();
        try {
            return Optional.of(READER.readValue(text));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static boolean plain(String text) {
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            boolean printable = (each >= ' ' && each <= '~') || each == '\n' || each == '\r' || each == '\t';
            if (!printable || each == '\\') return false;
        }
        return true;
    }
}
