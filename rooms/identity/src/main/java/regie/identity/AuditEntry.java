package regie.identity;

import java.time.Instant;
import java.util.UUID;
import regie.kernel.Key;

/**
 * One thing that somebody did to one resource.
 *
 * @param number grows with time; a page goes on behind the last one
 * @param who the token's name
 * @param request id of the request; what one request did has the same
 * @param verb how it was asked for: apply, put, patch, delete, make, revoke, or the name of an action
 * @param generation of the resource afterwards
 * @param fields how many of its fields the request changed
 * @param sealed whether it is in the chain of seals already, which happens a second later
 */
public record AuditEntry(
        long number,
        Instant at,
        String who,
        UUID token,
        String request,
        String verb,
        Key key,
        UUID uid,
        long generation,
        int fields,
        boolean sealed) {}
