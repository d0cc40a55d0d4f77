package regie.death;

import java.util.Map;

/**
 * What one host is to run, the whole of it.
 *
 * @param machines by uid, their epochs
 */
record Wish(long generation, Map<String, Long> machines) {
    static final Wish NONE = new Wish(0, Map.of());
}
