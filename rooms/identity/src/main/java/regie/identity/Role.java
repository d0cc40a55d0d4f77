package regie.identity;

/** What a token may be used for; {@link Access} says it in full. */
public enum Role {
    /** Runs the estate: may do everything. */
    OPERATOR,
    /** Looks at everything and changes nothing. */
    AUDITOR,
    /** Works in one project. */
    MEMBER,
    /** Says of what there is in one project how it does, and reads nothing: for machines that anybody may break into. */
    REPORTER;

    /** Whether it is for one project only. */
    boolean ofProject() {
        return switch (this) {
            case MEMBER, REPORTER -> true;
            case OPERATOR, AUDITOR -> false;
        };
    }
}
