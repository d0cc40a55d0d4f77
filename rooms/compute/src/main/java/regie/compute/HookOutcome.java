package regie.compute;

/** What becomes of a member that waited for somebody outside. */
public enum HookOutcome {
    CONTINUE,
    /** Of one that was starting: it is replaced. Of one that was stopping: it goes all the same. */
    ABANDON
}
