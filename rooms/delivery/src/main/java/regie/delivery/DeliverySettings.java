package regie.delivery;

import java.time.Duration;

/**
 * @param kept how long a finished delivery is shown
 * @param backlogMax a webhook with so many waiting reads on in the log when there are fewer again
 * @param lease how soon another server takes up what a dead one was delivering
 */
public record DeliverySettings(Duration kept, int backlogMax, Duration lease) {
    /** Renewed each second, so that only a server that is dead or stands still loses one. */
    private static final Duration LEASE = Duration.ofSeconds(3);

    public static DeliverySettings keeping(Duration kept) {
        return new DeliverySettings(kept, 10_000, LEASE);
    }
}
