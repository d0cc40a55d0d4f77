package regie.identity;

import java.util.Optional;
import java.util.UUID;
import regie.kernel.Actor;

/**
 * Who signed in, for one request.
 *
 * @param token uid of the token
 * @param name the token's name, which stands in the log and in the audit trail
 * @param project the one project of a member
 * @param request id of the request, for the audit trail
 */
public record Caller(UUID token, String name, Role role, Optional<String> project, String request) {
    public Actor actor() {
        return new Actor(name);
    }
}
