package regie.placement;

import java.util.UUID;

/**
 * A promise that isn't kept: after this failure there would be no place for the guest.
 *
 * @param name of what fails, as in {@link Location}; for a host its name
 * @param count how many of the domain fail at once; more than 1 only for hosts, where {@code name} stands for it and any others
 */
public record Gap(Domain domain, String name, int count, UUID guest) {
    @Override
    public String toString() {
        return count > 1
                ? "losing %s and any %d other hosts".formatted(name, count - 1)
                : "losing %s %s".formatted(domain.word(), name);
    }
}
