package regie.compute;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.kernel.Clock;
import regie.kernel.Declared;
import regie.kernel.Resources;
import regie.kernel.Tx;
import regie.kernel.WorkQueue;

/** Whose members are to be judged now, and what a judgement comes to: written down where it is news, for the fleet's planner. */
final class HealthTurns {
    static final int FLEETS_MAX = 20;

    private final Resources resources;
    private final Clock clock;

    HealthTurns(Resources resources, Clock clock) {
        this.resources = resources;
        this.clock = clock;
    }

    /** @param members those that run */
    record Turn(
            Declared<FleetSpec, FleetStatus> fleet,
            HealthSpec health,
            List<Declared<InstanceSpec, InstanceStatus>> members,
            Map<UUID, HealthLedger.Seen> before) {}

    /**
     * Fleets whose turn it is, at most {@link #FLEETS_MAX}; nobody else takes them within {@code seconds}.
     *
     * @param by how their members are judged
     */
    List<Turn> take(Tx tx, HealthLedger.By by, int seconds) {
        var taken = HealthLedger.take(tx, by, FLEETS_MAX, seconds);
        var fleets = resources.byUid(tx, Compute.FLEET, taken).stream()
                .filter(fleet -> fleet.spec().health().isPresent())
                .toList();
        var judged = fleets.stream().map(Declared::uid).collect(Collectors.toSet());
        HealthLedger.end(
                tx, taken.stream().filter(fleet -> !judged.contains(fleet)).toList());
        var members = resources.ownedBy(tx, Compute.INSTANCE, judged).stream()
                .collect(Collectors.groupingBy(member -> member.owner().orElseThrow()));
        var before = HealthLedger.of(tx, judged);
        for (var fleet : fleets) {
            var there = members.getOrDefault(fleet.uid(), List.of()).stream()
                    .map(Declared::uid)
                    .collect(Collectors.toSet());
            var gone = before.getOrDefault(fleet.uid(), Map.of()).keySet();
            HealthLedger.forget(
                    tx, gone.stream().filter(uid -> !there.contains(uid)).toList());
        }
        return fleets.stream()
                .map(fleet -> new Turn(
                        fleet,
                        fleet.spec().health().orElseThrow(),
                        members.getOrDefault(fleet.uid(), List.of()).stream()
                                .filter(HealthTurns::runs)
                                .toList(),
                        before.getOrDefault(fleet.uid(), Map.of())))
                .filter(turn -> HealthLedger.By.of(turn.health()) == by)
                .toList();
    }

    private static boolean runs(Declared<InstanceSpec, InstanceStatus> member) {
        return !member.deleting() && member.status().stage() == InstanceStatus.Stage.RUNNING;
    }

    /**
     * Of whom something else was written down since the turn was taken nothing is: it was told to reboot, for instance, and what it
     * said before is history.
     *
     * @param judged the members of the turn of whom anything can be said
     * @param ailments why each of them that does not serve does not
     */
    void record(Tx tx, Turn turn, List<Declared<InstanceSpec, InstanceStatus>> judged, Map<UUID, String> ailments) {
        var changed = new HashMap<UUID, HealthLedger.Seen>();
        var written = HealthLedger.of(tx, Set.of(turn.fleet().uid()))
                .getOrDefault(turn.fleet().uid(), Map.of());
        for (var member : judged) {
            var before = Optional.ofNullable(turn.before().get(member.uid()));
            if (!before.equals(Optional.ofNullable(written.get(member.uid())))) continue;
            var now = next(
                    turn.health(),
                    member,
                    before.orElse(HealthLedger.Seen.NEVER),
                    Optional.ofNullable(ailments.get(member.uid())));
            if (!before.equals(Optional.of(now))) changed.put(member.uid(), now);
        }
        HealthLedger.record(tx, turn.fleet().uid(), changed);
        HealthLedger.again(tx, turn.fleet().uid(), turn.health().turnSeconds());
        boolean news = changed.entrySet().stream()
                .anyMatch(each ->
                        isNews(turn.before().getOrDefault(each.getKey(), HealthLedger.Seen.NEVER), each.getValue()));
        if (news) WorkQueue.add(tx, Compute.FLEET.name(), Set.of(turn.fleet().uid()));
    }

    private static boolean isNews(HealthLedger.Seen before, HealthLedger.Seen now) {
        return before.healthy() != now.healthy() || before.ill() != now.ill();
    }

    /** While it starts, nothing is held against it; the right answer makes all good. */
    private HealthLedger.Seen next(
            HealthSpec health,
            Declared<InstanceSpec, InstanceStatus> member,
            HealthLedger.Seen before,
            Optional<String> ailment) {
        if (ailment.isEmpty()) return new HealthLedger.Seen(0, true, true, false, "");
        if (!before.healthy() && isStarting(member, health.graceSeconds())) return before;
        int misses = Math.min(before.misses() + 1, health.missesMost());
        boolean tooMany = misses >= health.missesMost();
        return new HealthLedger.Seen(misses, before.healthy() && !tooMany, before.served(), tooMany, ailment.get());
    }

    private boolean isStarting(Declared<InstanceSpec, InstanceStatus> member, int graceSeconds) {
        Instant until = member.status().since().orElse(clock.now()).plusSeconds(graceSeconds);
        return clock.now().isBefore(until);
    }
}
