package regie.kernel;

/** What was seen of a declared resource, or done about it: a record, written by loops only. */
public interface Status {
    /** For kinds of which there is nothing to see. */
    record None() implements Status {
        public static final None NONE = new None();
    }
}
