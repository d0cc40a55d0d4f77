package regie.compute;

import java.util.Optional;
import java.util.UUID;
import regie.kernel.Key;

/** One decision of a plan. It leaves no choice open to the execution. */
sealed interface Step {
    /**
     * The fleet gets a new member.
     *
     * @param hook that it will come to
     */
    record Enlist(UUID fleet, UUID instance, Key key, InstanceSpec spec, Optional<HookStatus> hook) implements Step {}

    /** A member comes to a hook of its fleet, or past it. */
    record Hook(UUID instance, HookStatus status) implements Step {}

    /** A member is to reboot: its spec says so from now on. */
    record Reboot(UUID instance, InstanceSpec spec) implements Step {}

    /** The fleet gives a member up. */
    record Retire(UUID instance, String why) implements Step {}

    /** A machine gets a place that it did not have before. */
    sealed interface Seating extends Step {
        UUID instance();

        long epoch();

        Seated seat();

        /** The reserved place whose room it has now. */
        Optional<UUID> takenOver();

        default UUID server() {
            return seat().place().host();
        }
    }

    /** It had none. */
    record Place(UUID instance, long epoch, Seated seat, Optional<UUID> takenOver) implements Seating {}

    /**
     * Its host starts it anew where it is, in another shape or after it failed.
     *
     * @param seat what it is started with
     * @param held what is taken of the host meanwhile: slot by slot at least as much
     * @param builds how often it is built anew by then; behind the wanted number as long as there is nothing to build it from
     */
    record Restart(UUID instance, long epoch, Seated seat, regie.placement.Place held, int builds) implements Step {}

    /** Its host is dead: it gets a place on another, where it is made anew from its image. */
    record Recover(UUID instance, long epoch, Seated seat, Optional<UUID> takenOver) implements Seating {}

    /** Its host is told of another power state, or of one more reboot or rebuild. */
    record Retell(UUID instance, int builds) implements Step {}

    /** Its host has the new shape: what it was told is held, and no longer the larger of both. */
    record Shrink(UUID instance, regie.placement.Place held) implements Step {}

    /** It stays where it is and as it is, by other rules or in another group. */
    record Reseat(UUID instance, Seated seat) implements Step {}

    /** Its host is told to run it no more. */
    record Leave(UUID instance) implements Step {}

    /** Nothing of it is left anywhere: its place is free again and its deletion ends. */
    record Finish(UUID instance) implements Step {}

    /** A step on a machine's way from one host to another; see {@link MovePhase}. */
    sealed interface Move extends Step {
        UUID instance();
    }

    /**
     * It gets a second place, which its host makes ready.
     *
     * @param takenOver the place of a site's reserve that makes room for it
     */
    record Migrate(UUID instance, Seated seat, Optional<UUID> takenOver) implements Move {
        UUID server() {
            return seat.place().host();
        }
    }

    /**
     * Its host is told to hand it over.
     *
     * @param ticket what the destination's engine said to the host's
     */
    record Depart(UUID instance, String ticket) implements Move {}

    /** Its host is told to keep it. */
    record Stay(UUID instance, String why) implements Move {}

    /** It is at its destination: the second place is its place, and its former host is told to forget it. */
    record HandOver(UUID instance) implements Move {}

    /** It stays where it is: the destination is told to forget it. */
    record Clear(UUID instance, String why) implements Move {}

    /** A list wants it elsewhere, and it can't go now. */
    record TurnDown(UUID instance, String why) implements Move {}

    /** Nothing of it is left at its second place, which is free again. */
    record EndMove(UUID instance) implements Move {}

    /** The last member is gone, and with it the fleet. */
    record Disband(UUID fleet) implements Step {}
}
