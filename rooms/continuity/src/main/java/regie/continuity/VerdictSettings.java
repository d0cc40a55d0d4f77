package regie.continuity;

import java.time.Duration;

/**
 * @param stormPercent more than this share of a site's or the estate's hosts missing at once is a storm
 * @param stormHosts with fewer than this it is none, whatever the share
 * @param patience how long a host has to be missed where the room alone can hear it before its power is cut
 */
public record VerdictSettings(int stormPercent, int stormHosts, Duration patience) {
    public static final VerdictSettings DEFAULT = new VerdictSettings(10, 3, Duration.ofSeconds(30));

    /**
     * Before it has been missed for so long nothing is done about a host but to ask: of those that vanished with it, which it is not alone
     * among if it is a storm, the last beats came up to 300 ms later than its own.
     */
    static final Duration SETTLE = Duration.ofMillis(700);

    /** Whoever is late for longer than this without being missed by all is not missing. */
    static final Duration LATE_MAX = Duration.ofSeconds(2);

    /** Deaths that lie back no further than this still count as missing at once. */
    static final Duration AT_ONCE = Duration.ofMinutes(10);
    /** Switches are asked again after so long, doubled with each power cut that was to no avail. */
    static final Duration AGAIN = Duration.ofSeconds(2);

    static final Duration AGAIN_MAX = Duration.ofMinutes(1);
    /**
     * So long after it was asked for a controller's word that the power is off is proof by itself: less than any server needs to boot
     * and to be granted a lease anew. An older one counts only of a server that was refused before it was asked.
     */
    static final Duration ANSWER_LASTS = Duration.ofSeconds(4);

    /** One that was told off so often and still says on is not believed to be able to. */
    static final int OFFS = 3;
}
