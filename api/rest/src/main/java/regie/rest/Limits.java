package regie.rest;

import java.util.Set;
import regie.kernel.Check;

/**
 * What the door takes, and from where.
 *
 * @param requestsPerSecond of one token, for long
 * @param burst of one token, at once
 * @param largeBodies most bodies of more than {@link Body#LARGE} bytes that are held at one time
 * @param origins of web pages whose scripts may ask, such as {@code https://console.example.org}; none where empty
 */
public record Limits(int requestsPerSecond, int burst, int largeBodies, Set<String> origins) {
    public Limits {
        Check.that(requestsPerSecond > 0 && burst > 0 && largeBodies > 0, "limits above 0");
        origins = Set.copyOf(origins);
    }
}
