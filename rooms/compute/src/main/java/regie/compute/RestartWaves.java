package regie.compute;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import regie.kernel.Hold;

/**
 * Restarts all members of a fleet once, in the order of their uids: the next wave is told when the last is back, and whoever does not
 * serve for another reason counts as down. So many are told that no more than the share is ever down.
 */
final class RestartWaves {
    private final FleetSpec spec;
    private final Members members;
    private final List<Machine> well;
    private final Instant now;

    RestartWaves(FleetSpec spec, Members members, Instant now) {
        this.spec = spec;
        this.members = members;
        this.well = members.well();
        this.now = now;
    }

    /** @param told members that are to reboot now */
    record Next(Optional<RestartStatus> status, List<Machine> told, List<Hold> holds) {
        static Next still(RestartStatus status, Hold... why) {
            return new Next(Optional.of(status), List.of(), List.of(why));
        }
    }

    /**
     * @param before what the restart of the fleet that comes before says; empty where there is no such fleet
     * @param reachable whether the host of a member is heard
     * @param goesOn false while the fleet is paused, its breaker is open, or its members are renewed
     */
    Next next(
            Optional<RestartStatus> was,
            Optional<RestartStatus> before,
            int wanted,
            Predicate<Machine> reachable,
            boolean goesOn) {
        var asked = spec.restart()
                .filter(request ->
                        request.number() > was.map(RestartStatus::number).orElse(0));
        var status = asked.map(RestartStatus::asked).or(() -> was);
        if (status.isEmpty() || !status.get().open()) return new Next(status, List.of(), List.of());
        var current = status.get();
        if (spec.restart()
                .filter(request -> request.cancelled() && request.number() == current.number())
                .isPresent()) return Next.still(current.ended(RestartStatus.State.CANCELLED, now));
        if (current.state() == RestartStatus.State.WAITING && !isTurn(current, before))
            return Next.still(current, Holds.restartAfter(current.after().orElse("")));
        int size = Share.of(current.share(), Math.max(1, wanted));
        var begun = current.state() == RestartStatus.State.RUNNING ? current : begin(current, size);
        return wave(begun, wanted, size, reachable, goesOn);
    }

    private static boolean isTurn(RestartStatus status, Optional<RestartStatus> before) {
        return status.after().isEmpty()
                || before.filter(other -> other.run().equals(status.run()) && other.state() == RestartStatus.State.DONE)
                        .isPresent();
    }

    private RestartStatus begin(RestartStatus status, int size) {
        var youngest = well.isEmpty()
                ? Optional.<UUID>empty()
                : Optional.of(well.getLast().uid());
        return status.begun(now, youngest, (well.size() + size - 1) / size, well.size());
    }

    private Next wave(RestartStatus status, int wanted, int size, Predicate<Machine> reachable, boolean goesOn) {
        var todo = well.stream().filter(member -> isTodo(status, member)).toList();
        var told = well.stream().filter(member -> isTold(status, member)).toList();
        int serving = (int) well.stream()
                .filter(member -> members.serves(member) && reachable.test(member))
                .count();
        boolean allBack = told.stream().filter(reachable).allMatch(members::serves);
        int back = status.members()
                - todo.size()
                - (int) told.stream().filter(member -> !members.serves(member)).count();
        var shown = status.at(status.cursor(), wave(status, size, todo.size()), Math.max(0, back));
        if (todo.isEmpty() && allBack) return Next.still(shown.ended(RestartStatus.State.DONE, now));
        if (!goesOn || !allBack || todo.isEmpty()) return Next.still(shown);
        int down = Math.max(0, wanted - serving);
        if (down >= size) return Next.still(shown, Holds.restartWaits(down, size));
        var next = todo.stream().limit(size - down).toList();
        var cursor = Optional.of(next.getLast().uid());
        return new Next(
                Optional.of(shown.at(cursor, wave(status, size, todo.size() - next.size()), Math.max(0, back))),
                next,
                List.of());
    }

    private static boolean isTodo(RestartStatus status, Machine member) {
        boolean wasThere =
                status.last().filter(last -> member.uid().compareTo(last) <= 0).isPresent();
        return wasThere && !isTold(status, member);
    }

    private static boolean isTold(RestartStatus status, Machine member) {
        return status.cursor()
                .filter(cursor -> member.uid().compareTo(cursor) <= 0)
                .isPresent();
    }

    private static int wave(RestartStatus status, int size, int left) {
        return Math.clamp((status.members() - left + size - 1) / size, 1, Math.max(1, status.waves()));
    }
}
