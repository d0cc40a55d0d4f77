package regie.rest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
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

    private static final Pattern UTF_8 = Pattern.compile("charset=(\"utf-?8\"|utf-?8)");

    private MediaType() {}

    /**
     * Whether bodies and queries under this {@code Content-Type} are UTF-8, as all is here. What reads queries elsewhere goes by the
     * charset that is said for the body, and passes over all parameters where it knows none of that name.
     */
    static boolean isUtf8(@Nullable String header) {
        if (header == null) return true;
        return Arrays.stream(header.toLowerCase(Locale.ROOT).split(";", -1))
                .map(String::strip)
                .filter(parameter -> parameter.contains("charset"))
                .allMatch(parameter -> UTF_8.matcher(parameter).matches());
    }

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
