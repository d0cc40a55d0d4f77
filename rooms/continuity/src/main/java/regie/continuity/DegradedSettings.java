package regie.continuity;

import java.time.Duration;

/**
 * @param storm how many at once are too many to be a matter of single servers
 * @param patience how long something has to be wrong with a server before it is given no machines and drained
 * @param wellFor how long nothing may be wrong with it before it is given machines again
 */
public record DegradedSettings(VerdictSettings storm, Duration patience, Duration wellFor) {
    public static final DegradedSettings DEFAULT =
            new DegradedSettings(VerdictSettings.DEFAULT, Duration.ofSeconds(60), Duration.ofSeconds(300));

    /** What the room sees of a host by itself has to last this long to count: a wish is taken within moments, as a rule. */
    static final Duration LASTS = Duration.ofSeconds(30);
    /** So often closed within {@link #FLAPPING_WITHIN}, a server is quarantined. */
    static final int FLAPPING = 3;

    static final Duration FLAPPING_WITHIN = Duration.ofHours(1);

    /** Of {@code hosts} fewer than this may be closed, and no more than one less than all: somebody has to take their machines. */
    int tooMany(int hosts) {
        int share = hosts * storm.stormPercent() / 100 + 1;
        return Math.min(Math.max(share, storm.stormHosts()), hosts);
    }
}
