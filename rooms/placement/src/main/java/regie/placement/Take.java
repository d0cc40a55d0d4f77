package regie.placement;

/** What a guest has of one slot of its host, in the unit of the resource. */
public record Take(Slot slot, long amount) {
    public Take {
        if (amount < 1) Wrong.unless(false, "amount of " + slot, amount, "at least 1");
    }
}
