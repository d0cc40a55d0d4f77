package regie.compute;

import java.time.Instant;
import java.util.UUID;

/**
 * A host whose agent attended at least once, as the room itself hears it.
 *
 * @param dead proven so; whether it is heard meanwhile makes no difference
 * @param heard false where it is silent
 * @param since when it is so
 */
public record Watched(UUID server, String name, String site, boolean dead, boolean heard, Instant since) {}
