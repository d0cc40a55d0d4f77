package regie.compute;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import regie.agent.contract.Guest;
import regie.agent.contract.Handover;
import regie.kernel.Tx;

/** Writes down the steps of machines on their way. */
final class MoveExecution {
    private final Tx tx;
    private final Look look;
    private final Instant now;
    private final Map<UUID, InstanceStatus.Moving> begun = new HashMap<>();
    private final Map<UUID, Host> arrived = new HashMap<>();

    MoveExecution(Tx tx, Look look, Instant now) {
        this.tx = tx;
        this.look = look;
        this.now = now;
    }

    void carryOut(List<Step.Move> steps) {
        for (var step : steps) {
            switch (step) {
                case Step.Migrate migrate -> begin(migrate);
                case Step.Depart depart -> {
                    tell(
                            depart.instance(),
                            Optional.of(Handover.departsTo(
                                    way(depart).destination(), way(depart).attempt(), depart.ticket())));
                    MoveLedger.moving(tx, depart.instance());
                }
                case Step.Stay stay -> {
                    tell(
                            stay.instance(),
                            Optional.of(Handover.staysFrom(
                                    way(stay).destination(), way(stay).attempt())));
                    MoveLedger.staying(tx, stay.instance(), stay.why());
                }
                case Step.HandOver over -> handOver(over);
                case Step.Clear clear -> {
                    if (guest(clear).handover().isPresent()) tell(clear.instance(), Optional.empty());
                    MoveLedger.clear(tx, clear.instance(), way(clear), clear.why());
                }
                case Step.EndMove end -> {
                    var way = way(end);
                    MoveLedger.end(tx, end.instance());
                    MoveLists.settled(tx, end.instance(), way.phase() == MovePhase.CLEARING ? way.why() : "", now);
                }
                case Step.TurnDown down -> MoveLists.turnedDown(tx, down.instance(), down.why(), now);
            }
        }
        MoveLedger.wake(tx, steps.stream().map(Step.Move::instance).toList());
    }

    /** The host that it came to by this plan. */
    Optional<Host> arrived(UUID instance) {
        return Optional.ofNullable(arrived.get(instance));
    }

    /** What is to be shown of its way after {@code step}, the one of this plan; empty where it is on none. */
    Optional<InstanceStatus.Moving> shown(Machine machine, Optional<Step.Move> step) {
        if (begun.containsKey(machine.uid())) return Optional.ofNullable(begun.get(machine.uid()));
        return machine.migration()
                .filter(way -> way.phase().open() || way.phase() == MovePhase.CLEARING)
                .filter(_ -> step.filter(MoveExecution::ends).isEmpty())
                .map(way -> new InstanceStatus.Moving(way.destination(), phase(way, step), way.begun()));
    }

    private static boolean ends(Step.Move step) {
        return step instanceof Step.EndMove || step instanceof Step.HandOver || step instanceof Step.TurnDown;
    }

    private static MovePhase phase(Migration way, Optional<Step.Move> step) {
        if (step.isEmpty()) return way.phase();
        return switch (step.get()) {
            case Step.Migrate _ -> MovePhase.PREPARING;
            case Step.Depart _ -> MovePhase.MOVING;
            case Step.Stay _ -> MovePhase.STAYING;
            case Step.Clear _ -> MovePhase.CLEARING;
            case Step.HandOver _, Step.EndMove _, Step.TurnDown _ -> MovePhase.LEFT;
        };
    }

    private void begin(Step.Migrate step) {
        var machine = look.machine(step.instance());
        var before = machine.allocation().orElseThrow();
        var origin = look.host(before.server()).name();
        var destination = look.host(step.server()).name();
        long attempt = MoveLedger.attempt(tx, step.instance());
        var guest = before.guest()
                .with(before.guest().machine().with(Layouts.claim(step.seat()), look.layout(step.seat())))
                .under(before.epoch() + 1)
                .with(Optional.of(Handover.arrivesFrom(origin, attempt)));
        step.takenOver()
                .ifPresent(place -> ReservationLedger.takeOver(
                        tx, List.of(new ReservationLedger.TakenOver(place, step.instance()))));
        MoveLedger.begin(tx, new MoveLedger.Begun(step.seat(), guest, origin, destination, now));
        begun.put(step.instance(), new InstanceStatus.Moving(destination, MovePhase.PREPARING, now));
    }

    private void handOver(Step.HandOver step) {
        var machine = look.machine(step.instance());
        arrived.put(step.instance(), look.host(way(step).server()));
        MoveLedger.handOver(tx, machine, way(step), now);
    }

    private void tell(UUID instance, Optional<Handover> handover) {
        var before = look.machine(instance).allocation().orElseThrow();
        Ledger.change(
                tx,
                List.of(new Ledger.ChangedAllocation(
                        before.told(), before.held(), before.guest().with(handover))));
    }

    private Guest guest(Step.Move step) {
        return look.machine(step.instance()).allocation().orElseThrow().guest();
    }

    private Migration way(Step.Move step) {
        return look.machine(step.instance()).migration().orElseThrow();
    }
}
