package regie.identity;

import regie.kernel.Key;
import tools.jackson.databind.JsonNode;

/**
 * One of the changes of a batch.
 *
 * @param content labels and spec, or a merge patch of them, or an action's input; an empty mapping where there is none
 * @param action name of the action; empty for all others
 */
public record Operation(Verb verb, Key key, JsonNode content, String action, Condition condition) {
    public enum Verb {
        PUT,
        PATCH,
        DELETE,
        ACT
    }

    /** What came of it. */
    public sealed interface Outcome {
        /** @param generation of the resource now; of one that is deleted the last one */
        record Done(What what, long generation) implements Outcome {}

        record Refused(regie.kernel.Refusal refusal) implements Outcome {}
    }

    public enum What {
        CREATED,
        CHANGED,
        /** It was as wanted already. */
        KEPT,
        DELETED
    }
}
