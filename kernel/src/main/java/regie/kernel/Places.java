package regie.kernel;

import java.util.Map;
import java.util.Optional;

/**
 * Where the values of a document stand.
 *
 * @param byPath by path with dots, such as {@code spec.disks.0.sizeGiB}; the document itself is ""
 */
public record Places(Map<String, Place> byPath) {
    /** Of what stands in no file, such as the outcome of an action. */
    public static final Places NONE = new Places(Map.of());

    /** Of the value, or of the nearest one around it. */
    public Optional<Place> find(String path) {
        for (var at = path; ; at = at.substring(0, at.lastIndexOf('.'))) {
            var place = byPath.get(at);
            if (place != null) return Optional.of(place);
            if (at.lastIndexOf('.') < 0) return Optional.ofNullable(byPath.get(""));
        }
    }
}
