package regie.compute;

import java.time.Duration;
import java.util.Optional;

/** What the time since a member's last heartbeat says of it. */
enum Pulse {
    HEARD,
    /** It was not heard for too long, though it could have been. */
    SILENT,
    /** It was not heard, and whether it spoke nobody can say: nothing is held against it, and nothing is said for it. */
    UNKNOWN;

    /**
     * @param age of the last heartbeat; empty where there was none
     * @param listened how long the room has listened without a pause, to this fleet
     * @param within how old a heartbeat may be
     */
    static Pulse of(Optional<Duration> age, Duration listened, Duration within) {
        if (age.filter(each -> each.compareTo(within) <= 0).isPresent()) return HEARD;
        return listened.compareTo(within) > 0 ? SILENT : UNKNOWN;
    }

    /** In the words of its fleet's status. */
    static String ailment(Optional<Duration> age, Duration within) {
        return age.map(each -> "its last heartbeat is %d s old; expected one within %d s"
                        .formatted(each.toSeconds(), within.toSeconds()))
                .orElse("it has never posted a heartbeat; expected one within %d s".formatted(within.toSeconds()));
    }
}
