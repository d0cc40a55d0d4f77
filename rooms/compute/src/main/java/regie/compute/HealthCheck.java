package regie.compute;

import java.util.Optional;

/** Asks a member whether it serves. */
@FunctionalInterface
public interface HealthCheck {
    /**
     * Waits at most as long as {@code health} says. Asked for many members at once, each on a thread of its own.
     *
     * @param address of the member, without a prefix length
     * @return why it does not serve; empty where it does
     */
    Optional<String> ailment(String address, HealthSpec health);
}
