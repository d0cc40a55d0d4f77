package regie.compute;

/** How far a machine in a public cloud has come. */
public enum BurstState {
    /** The cloud is to be asked for it, and may have been. */
    WANTED,
    /** The cloud has it. */
    STARTED,
    /** The cloud is to end it; it costs until it has. */
    ENDING
}
