package regie.compute;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import regie.agent.contract.Guest;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.HandoverSeen;
import regie.compute.InstanceStatus.Stage;
import regie.compute.Plan.View;
import regie.kernel.Hold;
import regie.placement.Place;

/** Decides for one machine, from what is wanted, where it is and what its host has seen. */
final class InstancePlanner {
    private static final Duration REST_MAX = Duration.ofMinutes(1);

    /** How long it is told why a machine was not moved. */
    private static final Duration TOLD = Duration.ofMinutes(5);

    private final Placement placement;
    private final Allowance allowance;
    private final Instant now;
    private final List<Step> steps = new ArrayList<>();

    InstancePlanner(Placement placement, Allowance allowance, Instant now) {
        this.placement = placement;
        this.allowance = allowance;
        this.now = now;
    }

    List<Step> steps() {
        return steps;
    }

    /** @param host where it is; empty where it has no place */
    View decide(Machine machine, Optional<Host> host) {
        var decided = machine.migration().isPresent()
                ? move(machine, machine.migration().get(), host)
                : settled(machine, host, View.of(machine.status()));
        return decided.holds().isEmpty() ? because(machine, decided) : decided;
    }

    /** Somebody outside is waited for; or else, for a while: why it was not moved, though nothing waits for that any more. */
    private View because(Machine machine, View view) {
        var hook = machine.status().hook().filter(HookStatus::waits);
        if (hook.isPresent() && !machine.deleting()) return view.because(Holds.hookWaits(machine.key(), hook.get()));
        return view.lastMigration()
                .filter(last ->
                        last.failure().isPresent() && now.isBefore(last.at().plus(TOLD)))
                .filter(_ -> machine.allocation().isPresent() && !machine.deleting())
                .map(last ->
                        view.because(Holds.notMoved(last.from(), last.failure().orElseThrow())))
                .orElse(view);
    }

    private View move(Machine machine, Migration way, Optional<Host> host) {
        var view = View.of(machine.status());
        var step = MovePlanner.next(machine, way, host, now);
        step.ifPresent(steps::add);
        if (way.phase().open()) return onItsWay(machine, host, view);
        if (step.isPresent()) return ended(way, machine, view);
        if (machine.deleting() && machine.allocation().orElseThrow().goneFromHost())
            return view.to(Stage.LEAVING, now)
                    .because(Holds.moveWaits("%s has not let go of it yet"
                            .formatted(way.phase() == MovePhase.LEFT ? way.origin() : way.destination())));
        return settled(machine, host, view);
    }

    /** Nothing else is done with it until it is settled where it is. */
    private View onItsWay(Machine machine, Optional<Host> host, View view) {
        var request = machine.spec().migration().filter(InstanceSpec.MoveRequest::calledOff);
        var taken = request.isPresent() ? view.requested(request.get().number()) : view;
        var shown = machine.deleting() ? taken.to(Stage.LEAVING, now) : taken;
        return host.filter(it -> it.presence().unheard())
                .map(it -> shown.because(Holds.hostSilent(it.name())))
                .orElse(shown);
    }

    private View ended(Migration way, Machine machine, View view) {
        var settled = way.settled().orElse(now);
        var downtime = machine.seen()
                .flatMap(GuestSeen::handover)
                .map(HandoverSeen::downtimeMillis)
                .filter(millis -> millis >= 0 && way.phase() == MovePhase.LEFT);
        return view.moved(new InstanceStatus.Moved(
                way.origin(),
                way.destination(),
                settled,
                Duration.between(way.begun(), settled).toMillis() / 1_000.0,
                downtime,
                Optional.of(way.why()).filter(why -> way.phase() == MovePhase.CLEARING)));
    }

    private View settled(Machine machine, Optional<Host> host, View view) {
        if (machine.deleting()) return leave(machine, host, view);
        if (machine.allocation().isEmpty()) return place(machine, view);
        var allocation = machine.allocation().get();
        if (allocation.lost()) return RecoveryPlanner.decide(machine, host.orElseThrow(), view, placement, steps, now);
        if (host.map(Host::presence).filter(Host.Presence::unheard).isPresent()) {
            return view.because(Holds.hostSilent(host.orElseThrow().name()));
        }
        var seen = machine.seen().filter(guest -> guest.epoch() == allocation.epoch());
        var shown = seen.map(guest -> shown(guest, machine, view)).orElseGet(() -> view.to(awaited(machine), now));
        if (shown.stage() == Stage.FAILED) return mend(machine, allocation, seen.orElseThrow(), shown);
        int before = steps.size();
        var adjusted = adjust(machine, allocation, shown);
        if (steps.size() == before) settle(machine, allocation, seen.isPresent());
        var asked = steps.size() == before ? request(machine, allocation, adjusted) : adjusted;
        return guaranteed(machine, asked);
    }

    /** One change of an allocation in one plan: these wait until there is no other. */
    private void settle(Machine machine, Machine.Allocation allocation, boolean seen) {
        if (machine.migration().isPresent()) return; // on its way it is as it set out
        var told = allocation.told();
        var guest = machine.candidate().shaped(told.guest().shape());
        if (seen && !allocation.held().equals(told.place())) {
            steps.add(new Step.Shrink(machine.uid(), told.place()));
        } else if (!guest.equals(told.guest())) {
            steps.add(new Step.Reseat(machine.uid(), new Seated(guest, told.place())));
        }
    }

    /** What was asked of it with {@code migrate}: it is done now, or refused and forgotten. */
    private View request(Machine machine, Machine.Allocation allocation, View view) {
        var request = machine.spec()
                .migration()
                .filter(asked -> asked.number() > machine.status().moveRequests());
        if (request.isEmpty()) return listed(machine, allocation, view);
        var taken = view.requested(request.get().number());
        if (request.get().calledOff()) return taken;
        if (machine.migration().isPresent())
            return view.because(Holds.moveWaits("the end of its former move is still to come"));
        if (view.stage() == Stage.STARTING) return view.because(Holds.moveWaits("it does not run yet"));
        if (view.stage() != Stage.RUNNING) return refused(machine, request.get(), taken, "it does not run");
        var choice = placement.move(machine, allocation.server(), request.get().to(), Set.of());
        if (choice.place().isEmpty())
            return refused(
                    machine, request.get(), taken, choice.holds().getFirst().detail());
        steps.add(migrate(machine, choice));
        return taken;
    }

    /** What a list of moves wants of it: it goes now, or says to the list why not. */
    private View listed(Machine machine, Machine.Allocation allocation, View view) {
        if (machine.wantedAt().isEmpty() || machine.migration().isPresent() || view.stage() == Stage.STARTING)
            return view;
        if (view.stage() != Stage.RUNNING) {
            steps.add(new Step.TurnDown(machine.uid(), "it does not run"));
            return view;
        }
        var wanted = machine.wantedAt().get();
        var to = Optional.of(wanted.server()).filter(name -> !name.isEmpty());
        var choice = placement.move(machine, allocation.server(), to, wanted.nodes());
        steps.add(
                choice.place().isPresent()
                        ? migrate(machine, choice)
                        : new Step.TurnDown(
                                machine.uid(), choice.holds().getFirst().detail()));
        return view;
    }

    private static Step migrate(Machine machine, Placement.Choice choice) {
        var seat = new Seated(machine.candidate(), choice.place().orElseThrow());
        return new Step.Migrate(machine.uid(), seat, choice.takenOver());
    }

    private View refused(Machine machine, InstanceSpec.MoveRequest request, View view, String why) {
        var host = machine.status().host().orElse("its host");
        return view.moved(
                new InstanceStatus.Moved(host, request.to().orElse(""), now, 0, Optional.empty(), Optional.of(why)));
    }

    /** A promise that can't be kept any more is never passed over in silence. */
    private View guaranteed(Machine machine, View view) {
        var gaps = placement.gaps(machine.uid());
        if (gaps.isEmpty()) return view;
        var holds = new ArrayList<>(view.holds());
        holds.add(Holds.survivalLost(gaps));
        return view.because(holds);
    }

    private View leave(Machine machine, Optional<Host> host, View view) {
        if (machine.allocation().isEmpty() || machine.allocation().get().goneFromHost()) {
            steps.add(new Step.Finish(machine.uid()));
            return view.to(Stage.LEAVING, now);
        }
        if (!machine.allocation().get().leaving()) steps.add(new Step.Leave(machine.uid()));
        boolean silent = host.map(Host::presence).filter(Host.Presence::unheard).isPresent();
        var leaving = view.to(Stage.LEAVING, now);
        return silent ? leaving.because(Holds.hostSilent(host.orElseThrow().name())) : leaving;
    }

    private View place(Machine machine, View view) {
        var pending = view.to(Stage.PENDING, now);
        if (!machine.shape().obstacles().isEmpty())
            return pending.because(machine.shape().obstacles());
        var project = machine.key().project();
        var size = machine.shape().size();
        var over = allowance.obstacle(project, Optional.empty(), size);
        if (over.isPresent() && allowance.isOut(project, Quota.ADDRESSES)) return pending.because(over.get());
        var own = placement.takeOver(machine, project);
        if (own.isPresent()) {
            allowance.take(project, Quota.ADDRESSES, 1); // all else counted with the reservation
            return placed(machine, own.get().place(), own.map(Placement.TakenOver::reserved), view);
        }
        if (over.isPresent()) return pending.because(over.get());
        var choice = placement.replace(machine);
        var urgent = choice.place().isEmpty() ? placement.takeOver(machine, "") : Optional.<Placement.TakenOver>empty();
        var place = choice.place().or(() -> urgent.map(Placement.TakenOver::place));
        if (place.isEmpty()) return pending.because(choice.holds());
        allowance.take(project, Optional.empty(), size);
        return placed(machine, place.get(), urgent.map(Placement.TakenOver::reserved), view);
    }

    private View placed(Machine machine, Place place, Optional<UUID> takenOver, View view) {
        var seat = new Seated(machine.candidate(), place);
        steps.add(new Step.Place(machine.uid(), machine.status().epoch() + 1, seat, takenOver));
        return view.to(awaited(machine), now);
    }

    private static Stage awaited(Machine machine) {
        return machine.spec().power() == InstanceSpec.Power.ON ? Stage.STARTING : Stage.STOPPING;
    }

    private View shown(GuestSeen guest, Machine machine, View view) {
        var on = machine.spec().power() == InstanceSpec.Power.ON;
        if (guest.at(HandoverSeen.Stage.READY)) return view; // its former host has let go, and it is about to run here
        return switch (guest.state()) {
            case STARTING -> view.to(awaited(machine), now);
            case RUNNING -> view.to(on ? Stage.RUNNING : Stage.STOPPING, now);
            case STOPPED -> view.to(on ? Stage.STARTING : Stage.STOPPED, now);
            case CRASHED, FAILED -> on ? failed(machine, view) : view.to(Stage.STOPPED, now);
        };
    }

    /** Of a member that ran long enough no start failed: its fleet counts those that did. */
    private View failed(Machine machine, View view) {
        if (view.stage() == Stage.FAILED) return view;
        boolean proven = view.stage() == Stage.RUNNING && Members.ranLongEnough(view.since(), now);
        int known = machine.fleet().isPresent() ? 0 : 1;
        return view.failures(proven ? known : view.failures() + 1).to(Stage.FAILED, now);
    }

    /** The first failure is mended at once, each further one after twice the rest. A fleet mends its members by replacing them. */
    private View mend(Machine machine, Machine.Allocation allocation, GuestSeen seen, View view) {
        if (machine.fleet().isPresent()) return view.because(Holds.failed(seen.detail()));
        var rest = view.failures() <= 1 ? Duration.ZERO : Duration.ofSeconds(1L << Math.min(view.failures() - 2, 6));
        var until = view.since().orElse(now).plus(rest.compareTo(REST_MAX) > 0 ? REST_MAX : rest);
        if (now.isBefore(until)) return view.because(Holds.resting(seen.detail(), view.failures()));
        if (!reshape(machine, allocation)) {
            steps.add(new Step.Restart(
                    machine.uid(),
                    allocation.epoch() + 1,
                    allocation.told(),
                    allocation.held(),
                    builds(machine, allocation)));
        }
        return view.to(Stage.STARTING, now);
    }

    private View adjust(Machine machine, Machine.Allocation allocation, View view) {
        if (reshape(machine, allocation)) return view.to(awaited(machine), now);
        int builds = builds(machine, allocation);
        if (!told(machine.spec(), builds, allocation.guest())) steps.add(new Step.Retell(machine.uid(), builds));
        var wanted = machine.shape().size();
        if (wanted.equals(allocation.told().guest().shape())
                && builds == machine.spec().builds()) return view;
        var obstacles = machine.shape().obstacles();
        if (!obstacles.isEmpty()) return view.because(obstacles);
        return view.because(growth(machine, allocation).orElseGet(() -> Holds.noRoomToGrow(wanted)));
    }

    /** Why its project may not have it larger. */
    private Optional<Hold> growth(Machine machine, Machine.Allocation allocation) {
        return allowance.obstacle(
                machine.key().project(),
                Optional.of(allocation.told().guest().shape()),
                machine.shape().size());
    }

    /**
     * Starts the machine anew in the shape that is wanted, where it has another and its host has the room. Until the host has
     * shown the new shape, the larger of both is held.
     */
    private boolean reshape(Machine machine, Machine.Allocation allocation) {
        var wanted = machine.shape().size();
        if (wanted.equals(allocation.told().guest().shape())
                || !machine.shape().obstacles().isEmpty()) return false;
        if (growth(machine, allocation).isPresent()) return false;
        var place = placement.resize(machine, allocation.held());
        if (place.isEmpty()) return false;
        allowance.take(
                machine.key().project(), Optional.of(allocation.told().guest().shape()), wanted);
        steps.add(new Step.Restart(
                machine.uid(),
                allocation.epoch() + 1,
                new Seated(machine.candidate(), place.get()),
                Places.larger(allocation.held(), place.get()),
                machine.spec().builds()));
        return true;
    }

    /** A rebuild waits until its image can be had; power and reboots don't. */
    private static int builds(Machine machine, Machine.Allocation allocation) {
        return machine.shape().obstacles().isEmpty()
                ? machine.spec().builds()
                : allocation.guest().builds();
    }

    private static boolean told(InstanceSpec spec, int builds, Guest guest) {
        return guest.power().name().equals(spec.power().name())
                && guest.reboots() == spec.reboots()
                && guest.builds() == builds;
    }
}
