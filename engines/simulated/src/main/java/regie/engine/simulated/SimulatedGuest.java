package regie.engine.simulated;

import java.util.Optional;
import java.util.UUID;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.GuestSeen.State;
import regie.agent.contract.Handover;
import regie.agent.contract.HandoverSeen;
import regie.agent.contract.HandoverSeen.Stage;

/**
 * One guest at one moment.
 *
 * @param boot number of the start it is in, so that the end of an older start does not touch a newer one
 * @param way where it is to come from or to go, by the newest wish
 * @param progress how far it has come on that way
 * @param memory whether its memory came from another host, and it stands still until that one has let go
 */
record SimulatedGuest(
        UUID uid,
        Claim claim,
        long epoch,
        State state,
        int reboots,
        int builds,
        String detail,
        long boot,
        Optional<Handover> way,
        Optional<HandoverSeen> progress,
        boolean memory) {

    /** What becomes of {@code present} when the host is told {@code wished}; pure. {@code boot} numbers the start, if there is one. */
    static SimulatedGuest next(Optional<SimulatedGuest> present, Guest wished, long boot) {
        var known = present.filter(guest -> guest.epoch == wished.epoch());
        if (known.filter(guest -> guest.at(Stage.DEPARTED)).isPresent()) return known.get();
        if (wished.handover().isPresent())
            return onItsWay(known, wished, wished.handover().get());
        if (known.filter(guest -> guest.at(Stage.READY)).isPresent())
            return known.get().letIn(wished);
        if (wished.power() == Guest.Power.OFF) return of(wished, State.STOPPED, 0);
        if (known.isEmpty()) return of(wished, State.STARTING, boot);
        return known.get().toward(wished, boot);
    }

    private static SimulatedGuest onItsWay(Optional<SimulatedGuest> known, Guest wished, Handover way) {
        if (known.isPresent()) return known.get().on(way);
        if (way.side() == Handover.Side.ARRIVES) {
            return of(wished, State.STOPPED, 0).on(way).progress(HandoverSeen.ready(way.attempt(), ""));
        }
        return of(wished, State.CRASHED, 0).now(State.CRASHED, "it is not here").on(way);
    }

    /** The other host has let go of it. */
    SimulatedGuest letIn(Guest wished) {
        if (wished.power() == Guest.Power.OFF) return of(wished, State.STOPPED, 0);
        return memory
                ? arrived(-1)
                : now(State.CRASHED, "its memory was lost on the way").away();
    }

    SimulatedGuest arrived(long millis) {
        long attempt = way.map(Handover::attempt).orElse(0L);
        return now(State.RUNNING, "")
                .progress(HandoverSeen.arrived(attempt, Math.max(0, millis), millis < 0 ? -1 : 0))
                .remembering(false);
    }

    private SimulatedGuest toward(Guest wished, long boot) {
        return switch (state) {
            case CRASHED, FAILED -> this; // until a newer epoch
            case STOPPED -> of(wished, State.STARTING, boot);
            case STARTING, RUNNING ->
                wished.reboots() > reboots || wished.builds() > builds
                        ? of(wished, State.STARTING, boot)
                        : of(wished, state, this.boot).as(progress.filter(seen -> seen.stage() == Stage.ARRIVED));
        };
    }

    private static SimulatedGuest of(Guest wished, State state, long boot) {
        return new SimulatedGuest(
                wished.uid(),
                wished.claim(),
                wished.epoch(),
                state,
                wished.reboots(),
                wished.builds(),
                "",
                boot,
                Optional.empty(),
                Optional.empty(),
                false);
    }

    SimulatedGuest now(State other, String why) {
        return new SimulatedGuest(uid, claim, epoch, other, reboots, builds, why, boot, way, progress, memory);
    }

    private SimulatedGuest on(Handover other) {
        return new SimulatedGuest(
                uid, claim, epoch, state, reboots, builds, detail, boot, Optional.of(other), progress, memory);
    }

    SimulatedGuest progress(HandoverSeen seen) {
        return as(Optional.of(seen));
    }

    private SimulatedGuest as(Optional<HandoverSeen> seen) {
        return new SimulatedGuest(uid, claim, epoch, state, reboots, builds, detail, boot, way, seen, memory);
    }

    private SimulatedGuest away() {
        return new SimulatedGuest(
                uid, claim, epoch, state, reboots, builds, detail, boot, Optional.empty(), Optional.empty(), false);
    }

    SimulatedGuest remembering(boolean yes) {
        return new SimulatedGuest(uid, claim, epoch, state, reboots, builds, detail, boot, way, progress, yes);
    }

    boolean alive() {
        return state == State.STARTING || state == State.RUNNING;
    }

    boolean at(Stage stage) {
        return progress.filter(seen -> seen.stage() == stage).isPresent();
    }

    boolean told(Handover.Side side) {
        return way.filter(known -> known.side() == side).isPresent();
    }

    GuestSeen seen() {
        return new GuestSeen(uid, epoch, state, reboots, builds, detail, progress);
    }
}
