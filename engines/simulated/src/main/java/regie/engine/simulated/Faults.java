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
 * @param moveMillis how long a guest takes to be handed over to another host
 * @param moves what becomes of guests that are to be handed over
 * @param unwatched whether nobody ends its guests when its lease does
 * @param disk what its disk does with what its agent writes
 * @param reboots what becomes of it when it is told to boot anew
 */
public record Faults(
        long bootMillis,
        long answerMillis,
        Contact contact,
        Lie lie,
        boolean full,
        boolean bootFails,
        long moveMillis,
        Moves moves,
        boolean unwatched,
        Disk disk,
        Reboots reboots) {

    public static final Faults NONE = new Faults(
            0, 0, Contact.ANSWERS, Lie.NONE, false, false, 0, Moves.SUCCEED, false, Disk.WELL, Reboots.SUCCEED);

    public Faults {
        if (bootMillis < 0 || answerMillis < 0 || moveMillis < 0) {
            throw new IllegalArgumentException(
                    "boot %d ms, answer %d ms or move %d ms < 0".formatted(bootMillis, answerMillis, moveMillis));
        }
    }

    public enum Disk {
        WELL,
        /** Writes never end; the host goes on beating. */
        HANGS,
        /** Writes fail. */
        FAILS
    }

    public enum Reboots {
        SUCCEED,
        /** It goes down and does not come up again. */
        STAY_DOWN,
        /** Nothing happens. */
        IGNORED
    }

    public enum Moves {
        SUCCEED,
        /** The guest runs on where it was. */
        FAIL,
        /** The guest goes over, and the host's word that it let go is lost: the other host hears it from the room alone. */
        LOSE_WORD
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
        return new Faults(
                millis, answerMillis, contact, lie, full, bootFails, moveMillis, moves, unwatched, disk, reboots);
    }

    public Faults answerMillis(long millis) {
        return new Faults(
                bootMillis, millis, contact, lie, full, bootFails, moveMillis, moves, unwatched, disk, reboots);
    }

    public Faults contact(Contact other) {
        return new Faults(
                bootMillis, answerMillis, other, lie, full, bootFails, moveMillis, moves, unwatched, disk, reboots);
    }

    public Faults lie(Lie other) {
        return new Faults(
                bootMillis, answerMillis, contact, other, full, bootFails, moveMillis, moves, unwatched, disk, reboots);
    }

    public Faults full(boolean yes) {
        return new Faults(
                bootMillis, answerMillis, contact, lie, yes, bootFails, moveMillis, moves, unwatched, disk, reboots);
    }

    public Faults bootFails(boolean yes) {
        return new Faults(
                bootMillis, answerMillis, contact, lie, full, yes, moveMillis, moves, unwatched, disk, reboots);
    }

    public Faults moveMillis(long millis) {
        return new Faults(
                bootMillis, answerMillis, contact, lie, full, bootFails, millis, moves, unwatched, disk, reboots);
    }

    public Faults moves(Moves other) {
        return new Faults(
                bootMillis, answerMillis, contact, lie, full, bootFails, moveMillis, other, unwatched, disk, reboots);
    }

    public Faults unwatched(boolean yes) {
        return new Faults(
                bootMillis, answerMillis, contact, lie, full, bootFails, moveMillis, moves, yes, disk, reboots);
    }

    public Faults disk(Disk other) {
        return new Faults(
                bootMillis, answerMillis, contact, lie, full, bootFails, moveMillis, moves, unwatched, other, reboots);
    }

    public Faults reboots(Reboots other) {
        return new Faults(
                bootMillis, answerMillis, contact, lie, full, bootFails, moveMillis, moves, unwatched, disk, other);
    }
}
