package regie.placement;

/** Which of the hosts that may take a guest. */
public enum Packing {
    /** The fullest, so that large gaps stay for large guests. */
    PACK,
    /** The emptiest, so that guests have room to burst. */
    SPREAD
}
