package regie.kernel;

import java.util.Map;

/**
 * One resource as a manifest or a request wants it, read and checked against its kind's schema.
 *
 * @param places where its fields were written, for messages
 */
public record Wanted(Key key, Map<String, String> labels, Spec spec, Places places) {
    /** Wanted by an action, which stands in no file. */
    public static Wanted of(Key key, Map<String, String> labels, Spec spec) {
        return new Wanted(key, labels, spec, Places.NONE);
    }
}
