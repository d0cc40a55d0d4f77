package regie.identity;

/** What a token may be used for; {@link Access} says it in full. */
public enum Role {
    /** Runs the estate: may do everything. */
    OPERATOR,
    /** Looks at everything and changes nothing. */
    AUDITOR,
    /** Works in one project. */
    MEMBER
}
