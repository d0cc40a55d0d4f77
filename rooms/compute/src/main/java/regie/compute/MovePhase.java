package regie.compute;

/** How far a machine has come on its way from one host to another. */
public enum MovePhase {
    /** The destination makes a place ready; nobody else knows of it. */
    PREPARING,
    /** Its host is told to hand it over, and may do so at any moment. */
    MOVING,
    /** Its host is told to keep it, and may have handed it over before. */
    STAYING,
    /** It stays where it is; the destination is told to forget it. */
    CLEARING,
    /** It is at its destination; its former host is told to forget it. */
    LEFT;

    /** True as long as it is not settled where it is going to be. */
    boolean open() {
        return this == PREPARING || this == MOVING || this == STAYING;
    }
}
