package regie.delivery;

import java.util.Locale;

/** What a change did to its resource; the words are those of the log. */
public enum ChangeSort {
    CREATED,
    CHANGED,
    REPORTED,
    DELETING,
    DELETED;

    static ChangeSort of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
