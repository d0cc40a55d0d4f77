package regie.rest;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The media types spoken here. */
final class MediaType {
    static final String JSON = "application/json";
    static final String YAML = "application/yaml";
    static final String MERGE_PATCH = "application/merge-patch+json";
    static final String APPLY_PATCH = "application/apply-patch+yaml";
    static final String EVENTS = "text/event-stream";
    static final String TEXT = "text/plain";
    static final String BYTES = "application/octet-stream";

    static final List<String> DOCUMENT = List.of(JSON, YAML);
    static final List<String> PATCH = List.of(JSON, MERGE_PATCH, YAML, APPLY_PATCH);

    private MediaType() {}

    /** Without parameters such as {@code charset}; empty where there is none. */
    static String plain(@Nullable String header) {
        if (header == null) return "";
        int end = header.indexOf(';');
        return (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** Whether an {@code Accept} header asks for YAML rather than JSON. */
    static boolean prefersYaml(@Nullable String accept) {
        if (accept == null) return false;
        for (var each : accept.split(",", -1)) {
            var type = plain(each);
            if (type.equals(YAML) || type.equals("application/x-yaml") || type.equals("text/yaml")) return true;
            if (type.equals(JSON) || type.equals("*/*")) return false;
        }
        return false;
    }
}
