package regie.agent.lease;

/**
 * To one beat.
 *
 * @param by {@link #ROOM}, or the voter's host
 */
public record Answer(String by, String host, long incarnation, long sequence, Kind kind) {
    /** No server can bear this name. */
    public static final String ROOM = "";

    public enum Kind {
        /** The lease runs from the moment at which this beat was sent. */
        GRANTED,
        /** The host is condemned. */
        REFUSED,
        /** Whoever was asked doesn't know at the moment; or the beat says that answers don't come through, so that this one finds out. */
        ABSTAINED
    }

    static Answer to(Beat beat, String by, Kind kind) {
        return new Answer(by, beat.host(), beat.incarnation(), beat.sequence(), kind);
    }
}
