package regie.compute;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;
import regie.agent.contract.GuestSeen;
import regie.kernel.Hold;
import regie.kernel.Key;
import regie.placement.Place;
import regie.placement.Rules;

/**
 * An instance as a pass looks at it: what is wanted, what was decided, what was seen.
 *
 * @param fleet uid of the fleet that made it
 * @param shape what the flavor and image come to, or what is in the way
 * @param status as it was last shown
 * @param migration its way to another host; empty where it is on none
 * @param wantedAt where a list of moves wants it now; empty where none does
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
        Optional<Migration> migration,
        Optional<Destination> wantedAt) {

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
        this(uid, key, fleet, spec, deleting, shape, allocation, seen, status, Optional.empty(), Optional.empty());
    }

    /**
     * @param size what the flavor comes to
     * @param rules where it may stand
     * @param obstacles empty where it can be started
     */
    record Shape(regie.placement.Shape size, Rules rules, List<Hold> obstacles) {
        Shape {
            obstacles = List.copyOf(obstacles);
        }

        /** The same, at one site only. */
        Shape at(String site) {
            return new Shape(
                    size,
                    new Rules(
                            rules.apart(),
                            rules.together(),
                            rules.spread(),
                            rules.requires(),
                            rules.prefers(),
                            java.util.Set.of(site),
                            rules.countries(),
                            rules.survives(),
                            rules.packing()),
                    obstacles);
        }

        Claim claim() {
            return new Claim(size.vcpus(), size.memoryMiB(), size.diskGiB());
        }
    }

    /**
     * A place on a host, taken out of its room.
     *
     * @param told what its host was told of its place
     * @param held what is taken; while it is resized, slot by slot the larger of before and after
     * @param guest what the host is told to run
     * @param leaving whether the host is told no more to run it
     * @param goneFromHost whether nothing of it is there: the host has taken a wish without the guest and reports it no more, or is
     *     dead
     * @param lost whether the host is proven dead
     */
    record Allocation(
            Seated told, Place held, long epoch, Guest guest, boolean leaving, boolean goneFromHost, boolean lost) {
        Allocation(Seated told, Place held, long epoch, Guest guest, boolean leaving, boolean goneFromHost) {
            this(told, held, epoch, guest, leaving, goneFromHost, false);
        }

        UUID server() {
            return held.host();
        }
    }

    /** The same, told to reboot once more. */
    Machine rebooted() {
        return new Machine(
                uid, key, fleet, spec.rebooted(), deleting, shape, allocation, seen, status, migration, wantedAt);
    }

    /** The same, to be placed at one site only. */
    Machine at(String site) {
        return new Machine(
                uid, key, fleet, spec, deleting, shape.at(site), allocation, seen, status, migration, wantedAt);
    }

    /** The same, as it stands with a hook of its fleet. */
    Machine hooked(HookStatus how) {
        return new Machine(
                uid,
                key,
                fleet,
                spec,
                deleting,
                shape,
                allocation,
                seen,
                status.hooked(Optional.of(how)),
                migration,
                wantedAt);
    }

    /** What placement has to know of it. */
    regie.placement.Guest candidate() {
        return new regie.placement.Guest(uid, key.project(), spec.group().orElse(""), shape.size(), shape.rules());
    }

    /** Key of the group that keeps apart; unique over projects. */
    Optional<String> group() {
        return spec.group().map(name -> key.project() + "/" + name);
    }
}
