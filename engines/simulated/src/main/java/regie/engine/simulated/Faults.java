package regie.engine.simulated;

/**
 * What is wrong with a simulated host. A host that is dead is not described here: see {@link SimulatedHypervisor#crash}.
 *
 * @param bootMillis from a guest's start to its running; 0 starts it at once
 * @param answerMillis how long the host takes to look at a question
 * @param contact what becomes of questions and answers
 * @param lie how its reports differ from the truth
 * @param full whether it refuses anything more than it holds now
 * @param bootFails whether guests that start now end up failed
 */
public record Faults(long bootMillis, long answerMillis, Contact contact, Lie lie, boolean full, boolean bootFails) {

    public static final Faults NONE = new Faults(0, 0, Contact.ANSWERS, Lie.NONE, false, false);

    public Faults {
        if (bootMillis < 0 || answerMillis < 0) {
            throw new IllegalArgumentException("boot %d ms or answer %d ms < 0".formatted(bootMillis, answerMillis));
        }
    }

    public enum Contact {
        ANSWERS,
        /** Does what it is told and its answer is lost. */
        LOSES_ANSWERS,
        /** Neither hears nor answers; its guests run on. */
        PARTITIONED
    }

    public enum Lie {
        NONE,
        /** Reports no guests at all. */
        HIDES_GUESTS,
        /** Reports every guest as running. */
        ALL_RUNNING,
        /** Repeats what was true when the lie began. */
        FROZEN
    }

    public Faults bootMillis(long millis) {
        return new Faults(millis, answerMillis, contact, lie, full, bootFails);
    }

    public Faults answerMillis(long millis) {
        return new Faults(bootMillis, millis, contact, lie, full, bootFails);
    }

    public Faults contact(Contact other) {
        return new Faults(bootMillis, answerMillis, other, lie, full, bootFails);
    }

    public Faults lie(Lie other) {
        return new Faults(bootMillis, answerMillis, contact, other, full, bootFails);
    }

    public Faults full(boolean yes) {
        return new Faults(bootMillis, answerMillis, contact, lie, yes, bootFails);
    }

    public Faults bootFails(boolean yes) {
        return new Faults(bootMillis, answerMillis, contact, lie, full, yes);
    }
}
