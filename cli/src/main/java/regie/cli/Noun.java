package regie.cli;

import java.util.Map;

/** A word that is followed by a verb: {@code regie instance stop web-1}. */
interface Noun {
    Map<String, Object> verbs();
}
