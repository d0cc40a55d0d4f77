package regie.compute;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;
import regie.agent.contract.GuestSeen;
import regie.kernel.Hold;
import regie.kernel.Key;

/**
 * An instance as a pass looks at it: what is wanted, what was decided, what was seen.
 *
 * @param fleet uid of the fleet that made it
 * @param shape what the flavor and image come to, or what is in the way
 * @param status as it was last shown
 * @param migration its way to another host; empty where it is on none
 */
record Machine(
        UUID uid,
        Key key,
        Optional<UUID> fleet,
        InstanceSpec spec,
        boolean deleting,
        Shape shape,
        Optional<Allocation> allocation,
        Optional<GuestSeen> seen,
        InstanceStatus status,
        Optional<Migration> migration) {

    Machine(
            UUID uid,
            Key key,
            Optional<UUID> fleet,
            InstanceSpec spec,
            boolean deleting,
            Shape shape,
            Optional<Allocation> allocation,
            Optional<GuestSeen> seen,
            InstanceStatus status) {
        this(uid, key, fleet, spec, deleting, shape, allocation, seen, status, Optional.empty());
    }

    /** @param obstacles empty where it can be started */
    record Shape(Claim claim, List<Hold> obstacles) {
        Shape {
            obstacles = List.copyOf(obstacles);
        }
    }

    /**
     * A place on a host, taken out of its room.
     *
     * @param claim what is taken; while it is resized, the larger of before and after
     * @param guest what the host is told to run
     * @param leaving whether the host is told no more to run it
     * @param goneFromHost whether the host has taken a wish without the guest and reports it no more
     */
    record Allocation(UUID server, long epoch, Claim claim, Guest guest, boolean leaving, boolean goneFromHost) {}

    /** Key of the group that keeps apart; unique over projects. */
    Optional<String> group() {
        return spec.group().map(name -> key.project() + "/" + name);
    }
}
