package regie.death;

import java.util.Optional;

/**
 * A machine as the room has it written down.
 *
 * @param uid "m…" for one that owns a name, an address or a volume; "fleet.number" for a member that owns nothing
 * @param host where it has its place, if anywhere
 * @param epoch grows each time it gets a place
 * @param retired it is to go; it counts until its host is known not to have it
 */
record Machine(String uid, Optional<String> host, long epoch, boolean retired, int priority) {
    Machine on(String other) {
        return new Machine(uid, Optional.of(other), epoch + 1, retired, priority);
    }

    Machine nowhere() {
        return new Machine(uid, Optional.empty(), epoch, retired, priority);
    }

    Machine retire() {
        return new Machine(uid, host, epoch, true, priority);
    }

    boolean ownsNothing() {
        return !fleetOf(uid).isEmpty();
    }

    /** Of a member: later ones have greater numbers. */
    int number() {
        return Integer.parseInt(uid.substring(uid.indexOf('.') + 1));
    }

    /** Empty where it is in none. */
    static String fleetOf(String uid) {
        int dot = uid.indexOf('.');
        return dot < 0 ? "" : uid.substring(0, dot);
    }
}
