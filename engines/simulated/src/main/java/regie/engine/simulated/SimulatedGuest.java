package regie.engine.simulated;

import java.util.Optional;
import java.util.UUID;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.GuestSeen.State;

/**
 * One guest at one moment.
 *
 * @param boot number of the start it is in, so that the end of an older start does not touch a newer one
 */
record SimulatedGuest(
        UUID uid, Claim claim, long epoch, State state, int reboots, int builds, String detail, long boot) {

    /** What becomes of {@code present} when the host is told {@code wished}; pure. {@code boot} numbers the start, if there is one. */
    static SimulatedGuest next(Optional<SimulatedGuest> present, Guest wished, long boot) {
        var known = present.filter(guest -> guest.epoch == wished.epoch());
        if (wished.power() == Guest.Power.OFF) return of(wished, State.STOPPED, 0);
        if (known.isEmpty()) return of(wished, State.STARTING, boot);
        return known.get().toward(wished, boot);
    }

    private SimulatedGuest toward(Guest wished, long boot) {
        return switch (state) {
            case CRASHED, FAILED -> this; // until a newer epoch
            case STOPPED -> of(wished, State.STARTING, boot);
            case STARTING, RUNNING ->
                wished.reboots() > reboots || wished.builds() > builds
                        ? of(wished, State.STARTING, boot)
                        : of(wished, state, this.boot);
        };
    }

    private static SimulatedGuest of(Guest wished, State state, long boot) {
        return new SimulatedGuest(
                wished.uid(), wished.claim(), wished.epoch(), state, wished.reboots(), wished.builds(), "", boot);
    }

    SimulatedGuest now(State other, String why) {
        return new SimulatedGuest(uid, claim, epoch, other, reboots, builds, why, boot);
    }

    boolean alive() {
        return state == State.STARTING || state == State.RUNNING;
    }

    GuestSeen seen() {
        return new GuestSeen(uid, epoch, state, reboots, builds, detail);
    }
}
