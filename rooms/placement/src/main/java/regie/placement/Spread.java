package regie.placement;

/**
 * The guest's group evenly over the domains that its rules allow and that have an open host.
 *
 * @param maxSkew how many more than the emptiest domain any may hold
 * @param required whether the guest rather waits; else it only prefers the emptiest
 */
public record Spread(Domain over, int maxSkew, boolean required) {
    public Spread {
        Wrong.unless(maxSkew >= 1, "maxSkew", maxSkew, "at least 1");
    }
}
