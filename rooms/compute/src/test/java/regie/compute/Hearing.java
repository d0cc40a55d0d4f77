package regie.compute;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Who answers probes in a {@link World}: all but the deaf, or where only some are served, those. */
final class Hearing implements HealthCheck {
    final Set<String> deaf = new HashSet<>();
    final Set<String> served = new HashSet<>();
    boolean onlyServed;

    @Override
    public Optional<String> ailment(String address, HealthSpec health) {
        boolean answers = !deaf.contains(address) && (!onlyServed || served.contains(address));
        return answers ? Optional.empty() : Optional.of("nobody answers at " + address);
    }
}
