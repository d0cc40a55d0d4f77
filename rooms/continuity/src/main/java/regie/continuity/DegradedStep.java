package regie.continuity;

/** One decision of a plan, about one server. */
sealed interface DegradedStep {
    /** Something is wrong with it: from here on it is shown. */
    record Notice(DegradedLook.Host host, Ailment ailment) implements DegradedStep {}

    /** Something else is wrong with it, or again. */
    record Ails(Degraded degraded, Ailment ailment) implements DegradedStep {}

    /** It is given no machines, and those it has go elsewhere as far as every promise is kept. */
    record Close(Degraded degraded) implements DegradedStep {}

    /** Nothing is wrong with it any more; whether it stays so is waited for. */
    record Recovers(Degraded degraded) implements DegradedStep {}

    /** It is well, and need not be drained any further. */
    record CallOff(Degraded degraded) implements DegradedStep {}

    /** @param reopen whether it is given machines again */
    record End(Degraded degraded, Degraded.Outcome outcome, boolean reopen) implements DegradedStep {}
}
