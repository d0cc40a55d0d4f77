package regie.kernel;

/** On whose behalf something is done; stands in the log beside every change. */
public record Actor(String name) {
    /** The room itself: its loops. */
    public static final Actor ROOM = new Actor("room");
}
