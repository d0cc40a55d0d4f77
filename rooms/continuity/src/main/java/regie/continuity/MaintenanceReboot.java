package regie.continuity;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a server's booting anew.
 *
 * @param way who can have it boot anew
 * @param boot the one it is in, as its agent said last; empty where that is not known
 * @param before the one it was in when it was told to leave it; empty where it was not told
 * @param told when it was told last
 * @param tells how often it was told to leave that one
 * @param fault what its controller said in place of doing as told; may be empty
 */
record MaintenanceReboot(
        Way way, Optional<String> boot, Optional<String> before, Optional<Instant> told, int tells, String fault) {
    static final MaintenanceReboot NONE =
            new MaintenanceReboot(Way.NONE, Optional.empty(), Optional.empty(), Optional.empty(), 0, "");

    enum Way {
        /** Off and on again: works whatever has become of the server. */
        CONTROLLER,
        /** Its agent has it go down in good order. */
        AGENT,
        NONE
    }

    /** Whether it has left the boot that it was told to leave. Nothing else proves that it was booted anew. */
    boolean happened() {
        return before.isPresent() && boot.isPresent() && !boot.equals(before);
    }
}
