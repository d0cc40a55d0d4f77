package regie.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An agent that has joined.
 *
 * @param servers that it stands for now, by name
 * @param serial of its newest certificate, lower-case hexadecimal digits
 * @param endsAt end of its newest certificate
 */
public record AgentRecord(
        UUID uid, List<String> servers, Instant joinedAt, String serial, Instant endsAt, Optional<Instant> revokedAt) {}
