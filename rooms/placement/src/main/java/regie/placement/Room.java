package regie.placement;

/**
 * How much a host has to give of one slot, in the unit of its resource.
 *
 * @param total after what the host keeps for itself; on an overcommitted host, the threads that are sold
 */
public record Room(Slot slot, long total) {
    public Room {
        Wrong.unless(total >= 0, "total of " + slot, total, "0 or more");
    }
}
