package regie.delivery;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import regie.kernel.ChangeLog;
import regie.kernel.Key;

/**
 * One change on its way to one receiver.
 *
 * @param message the same however often the change is sent, so that a receiver can tell what it has already
 * @param secrets one, or two while they are exchanged
 * @param at when the change was made
 * @param resource JSON, as it was right after the change
 */
public record Parcel(
        String message,
        URI url,
        List<SigningSecret> secrets,
        ChangeLog.Position position,
        ChangeSort what,
        Instant at,
        Key key,
        String resource) {
    public Parcel {
        secrets = List.copyOf(secrets);
    }
}
