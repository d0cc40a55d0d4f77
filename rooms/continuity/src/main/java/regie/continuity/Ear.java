package regie.continuity;

/**
 * Somebody who listens for a host.
 *
 * @param listener a host, or {@link regie.agent.lease.Answer#ROOM}
 */
public record Ear(String host, String listener) {}
