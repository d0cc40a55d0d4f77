package regie.placement;

/** What a guest's virtual CPU is promised. */
public enum Cpu {
    /** One hardware thread for each, which the host may move about. */
    SHARED,
    /** One hardware thread for each, always the same, and nobody else's. */
    DEDICATED,
    /** No thread of its own. Goes only to overcommitted hosts, where no other guests go. */
    OVERCOMMITTED
}
