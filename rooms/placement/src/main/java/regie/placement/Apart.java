package regie.placement;

/**
 * No two of the guest's group in one domain (anti-affinity).
 *
 * @param required whether the guest rather waits than shares; else it only prefers the domains that hold fewer
 */
public record Apart(Domain over, boolean required) {}
