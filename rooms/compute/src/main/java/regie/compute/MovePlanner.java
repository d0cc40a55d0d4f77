package regie.compute;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.GuestSeen.State;
import regie.agent.contract.HandoverSeen;
import regie.agent.contract.HandoverSeen.Stage;

/**
 * Decides what is next for a machine on its way, from what its two hosts say. The host that it is on has the last word: only once
 * that one has let go does the machine belong to its destination, and only once it has stayed is the destination told to forget it.
 */
final class MovePlanner {
    private static final Duration PREPARATION_MAX = Duration.ofMinutes(10);
    private static final Duration MOVE_MIN = Duration.ofMinutes(5);
    /** A move that is slower than this would not end before the guest has changed what was copied. */
    private static final long MIB_PER_SECOND = 20;

    private MovePlanner() {}

    /** Pure; empty where there is nothing to do but to wait. */
    static Optional<Step> next(Machine machine, Migration way, Optional<Host> host, Instant now) {
        var seen = machine.seen()
                .filter(guest ->
                        guest.epoch() == machine.allocation().orElseThrow().epoch());
        if (way.phase().open() && host.filter(Host::dead).isPresent())
            return Optional.of(handedOver(way, seen) ? new Step.HandOver(machine.uid()) : lost(machine, host.get()));
        boolean silent = host.map(Host::presence).filter(Host.Presence::unheard).isPresent();
        return switch (way.phase()) {
            case PREPARING -> prepare(machine, way, seen, silent, now);
            case MOVING -> move(machine, way, seen, silent, now);
            case STAYING -> stay(machine, way, seen);
            case CLEARING, LEFT ->
                way.gone() && !arrives(machine, way) ? Optional.of(new Step.EndMove(machine.uid())) : Optional.empty();
        };
    }

    /** It can't be handed over any more; what came over may not be all of it, and is forgotten. */
    private static Step lost(Machine machine, Host host) {
        return new Step.Clear(machine.uid(), "%s is dead".formatted(host.name()));
    }

    private static Optional<Step> prepare(
            Machine machine, Migration way, Optional<GuestSeen> seen, boolean silent, Instant now) {
        var trouble = unwanted(machine)
                .or(() -> failedToPrepare(way))
                .or(() -> silent || runs(seen) ? Optional.empty() : Optional.of("it does not run"))
                .or(() -> way.presence() == Host.Presence.SILENT || way.presence() == Host.Presence.DEAD
                        ? Optional.of("%s does not answer".formatted(way.destination()))
                        : Optional.empty())
                .or(() -> now.isAfter(way.begun().plus(PREPARATION_MAX))
                        ? Optional.of("%s did not make its place ready in %d minutes"
                                .formatted(way.destination(), PREPARATION_MAX.toMinutes()))
                        : Optional.empty());
        if (trouble.isPresent()) return Optional.of(new Step.Clear(machine.uid(), trouble.get()));
        return way.seen()
                .flatMap(guest -> at(guest, way, Stage.READY))
                .map(ready -> new Step.Depart(machine.uid(), ready.ticket()));
    }

    private static Optional<Step> move(
            Machine machine, Migration way, Optional<GuestSeen> seen, boolean silent, Instant now) {
        if (handedOver(way, seen)) return Optional.of(new Step.HandOver(machine.uid()));
        if (silent) return Optional.empty();
        var failed = seen.flatMap(guest -> at(guest, way, Stage.FAILED));
        if (failed.isPresent())
            return Optional.of(new Step.Clear(machine.uid(), failed.get().detail()));
        if (ended(seen)) return Optional.of(new Step.Clear(machine.uid(), "it does not run any more"));
        var trouble = unwanted(machine)
                .or(() -> way.presence() == Host.Presence.DEAD
                        ? Optional.of("%s is dead".formatted(way.destination()))
                        : Optional.empty())
                .or(() -> now.isAfter(way.begun().plus(PREPARATION_MAX).plus(patience(way)))
                        ? Optional.of("it was not there after %d minutes"
                                .formatted(Duration.between(way.begun(), now).toMinutes()))
                        : Optional.empty());
        return trouble.map(why -> new Step.Stay(machine.uid(), why));
    }

    private static Optional<Step> stay(Machine machine, Migration way, Optional<GuestSeen> seen) {
        if (handedOver(way, seen)) return Optional.of(new Step.HandOver(machine.uid()));
        boolean underWay = runs(seen)
                && seen.flatMap(guest -> at(guest, way, Stage.UNDER_WAY)).isPresent();
        boolean stays = way.heard() && seen.isPresent() && !underWay;
        return stays ? Optional.of(new Step.Clear(machine.uid(), way.why())) : Optional.empty();
    }

    /** A guest runs at its destination only after its host has let go, so either of the two may be the one that says so. */
    private static boolean handedOver(Migration way, Optional<GuestSeen> seen) {
        return seen.flatMap(guest -> at(guest, way, Stage.DEPARTED)).isPresent()
                || way.seen().flatMap(guest -> at(guest, way, Stage.ARRIVED)).isPresent();
    }

    /** What is wanted of the machine by now and can't be had while it moves. */
    private static Optional<String> unwanted(Machine machine) {
        var guest = machine.allocation().orElseThrow().guest();
        if (machine.deleting()) return Optional.of("it is to be deleted");
        if (machine.spec()
                        .migration()
                        .filter(InstanceSpec.MoveRequest::calledOff)
                        .isPresent()
                && machine.spec().migration().get().number() > machine.status().moveRequests())
            return Optional.of("it was called off");
        boolean same = machine.spec().power() == InstanceSpec.Power.ON
                && machine.spec().reboots() == guest.reboots()
                && machine.spec().builds() == guest.builds()
                && machine.shape()
                        .size()
                        .equals(machine.allocation().get().told().guest().shape());
        return same ? Optional.empty() : Optional.of("another change of it came between");
    }

    private static Optional<String> failedToPrepare(Migration way) {
        return way.seen()
                .filter(guest -> guest.epoch() == way.guest().epoch())
                .filter(guest -> guest.state() == State.FAILED || guest.state() == State.CRASHED)
                .map(guest -> "%s could not make its place ready: %s".formatted(way.destination(), guest.detail()));
    }

    /** It was handed over and is awaited where it goes: the word of how it went is still to come. */
    private static boolean arrives(Machine machine, Migration way) {
        return way.phase() == MovePhase.LEFT
                && machine.seen().flatMap(guest -> at(guest, way, Stage.READY)).isPresent();
    }

    private static boolean runs(Optional<GuestSeen> seen) {
        return seen.filter(guest -> guest.state() == State.RUNNING).isPresent();
    }

    private static boolean ended(Optional<GuestSeen> seen) {
        return seen.filter(guest -> guest.state() == State.CRASHED || guest.state() == State.FAILED)
                .isPresent();
    }

    private static Optional<HandoverSeen> at(GuestSeen guest, Migration way, Stage stage) {
        return guest.handover().filter(seen -> seen.stage() == stage && seen.attempt() == way.attempt());
    }

    private static Duration patience(Migration way) {
        long mib = way.guest().claim().memoryMiB() + 1_024 * way.guest().claim().diskGiB();
        return MOVE_MIN.plusSeconds(mib / MIB_PER_SECOND);
    }
}
