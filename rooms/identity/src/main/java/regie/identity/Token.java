package regie.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A token as it may be shown; the secret is not part of it.
 *
 * @param project the one project of a member
 * @param lastUsedAt exact to five minutes
 */
public record Token(
        UUID uid,
        String name,
        Role role,
        Optional<String> project,
        Instant createdAt,
        Optional<Instant> lastUsedAt,
        Optional<Instant> revokedAt) {}
