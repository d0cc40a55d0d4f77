package regie.continuity;

/** How far a server has come. */
public enum MaintenanceStage {
    /** Its turn is still to come; it takes machines as ever. */
    PENDING,
    /** It takes no machines, and those it has go elsewhere. */
    DRAINING,
    /** Nothing runs on it any more. */
    EMPTY,
    /** It is worked on, or waits for somebody who does. */
    WORKING,
    /** The work is done; it has to be heard and well. */
    VERIFYING,
    /** It is back. */
    DONE,
    /** It did not come back in time; nothing else is taken out until somebody has looked. */
    FAILED,
    /** There was nothing to take out: it is dead, or was never heard. */
    SKIPPED,
    /** It was given back before anybody worked on it, or its turn never came. */
    CANCELLED;

    /** Whether it is out, or on its way out or back. */
    boolean out() {
        return switch (this) {
            case DRAINING, EMPTY, WORKING, VERIFYING, FAILED -> true;
            case PENDING, DONE, SKIPPED, CANCELLED -> false;
        };
    }
}
