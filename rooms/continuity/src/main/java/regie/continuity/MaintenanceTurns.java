package regie.continuity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import regie.compute.Evacuation.Foreseen;
import regie.continuity.MaintenanceStep.Refuse;
import regie.continuity.MaintenanceStep.TakeOut;
import regie.estate.ServerStatus.Presence;
import regie.kernel.Hold;

/**
 * Whose turn it is to be taken out. A server is taken out only where all that runs on it has a place elsewhere, and where without
 * it, and without all that are out already, every promise that holds now still would. One that can't go together with another waits
 * until that one is back; one that can't even go alone is left for later, and says why.
 */
final class MaintenanceTurns {
    /** A server whose turn was refused is asked again after so long. */
    static final Duration AGAIN = Duration.ofSeconds(30);
    /** So many are asked in one plan: each question plays through what would come of it. */
    static final int ASKED_MAX = 5;

    private static final int REASONS_MAX = 3;

    private final MaintenanceSpec spec;
    private final MaintenanceScene scene;
    private final List<MaintenanceStep> steps = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();

    MaintenanceTurns(MaintenanceSpec spec, MaintenanceScene scene) {
        this.spec = spec;
        this.scene = scene;
    }

    MaintenancePlan next() {
        var pending = pending();
        if (!pending.isEmpty() && !barred()) {
            if (spec.scope().feed().isPresent()) together(pending);
            else inTurn(pending);
        }
        return new MaintenancePlan(steps, holds);
    }

    /** Those that were never refused, in their order; then those that were, the longest ago first. */
    private List<MaintenanceHost> pending() {
        return scene.hosts().stream()
                .filter(host -> host.stage() == MaintenanceStage.PENDING)
                .filter(host -> !host.runsMachines() || host.presence() == Presence.UP)
                .filter(host -> !scene.others().contains(host.server()))
                .sorted(Comparator.comparing(host -> host.looked().orElse(Instant.MIN)))
                .toList();
    }

    private boolean barred() {
        if (scene.hosts().stream().anyMatch(host -> host.stage() == MaintenanceStage.FAILED)) return true;
        var window = spec.window();
        if (spec.paused()) holds.add(MaintenanceHolds.paused());
        else if (window.isPresent() && scene.now().isBefore(window.get().from()))
            holds.add(MaintenanceHolds.outsideWindow(window.get(), false));
        else if (window.isPresent() && !scene.now().isBefore(window.get().until()))
            holds.add(MaintenanceHolds.outsideWindow(window.get(), true));
        else if (!scene.silent().isEmpty()) holds.add(MaintenanceHolds.silentNear(scene.silent()));
        return !holds.isEmpty();
    }

    /** What hangs on one feed falls with it: all, or none. */
    private void together(List<MaintenanceHost> pending) {
        boolean early = pending.stream().allMatch(this::refusedLately);
        if (early) {
            holds.add(MaintenanceHolds.feedWouldBreak(pending.getFirst().note()));
            return;
        }
        var without = with(scene.out(), pending);
        var why = objection(scene.foresight().without(without), true);
        if (why.isEmpty()) {
            pending.forEach(host -> steps.add(new TakeOut(host)));
            return;
        }
        holds.add(MaintenanceHolds.feedWouldBreak(why.get()));
        pending.forEach(host -> steps.add(new Refuse(host, why.get())));
    }

    private void inTurn(List<MaintenanceHost> pending) {
        long mine = scene.hosts().stream().filter(host -> host.stage().out()).count();
        var out = new HashSet<>(scene.out());
        int asked = 0;
        for (var host : pending) {
            if (mine >= spec.atOnce() || asked == ASKED_MAX) break;
            if (refusedLately(host)) continue;
            asked++;
            boolean alone = out.isEmpty();
            var why = objection(scene.foresight().without(with(out, List.of(host))), alone);
            if (why.isEmpty()) {
                steps.add(new TakeOut(host));
                out.add(host.server());
                mine++;
            } else if (alone) steps.add(new Refuse(host, why.get()));
        }
        var refused = pending.stream().filter(this::refusedLately).toList();
        var now = steps.stream()
                .filter(Refuse.class::isInstance)
                .map(step -> ((Refuse) step).host().noted(((Refuse) step).why()))
                .toList();
        var all = Stream.concat(refused.stream(), now.stream()).toList();
        if (!all.isEmpty()) holds.add(MaintenanceHolds.wouldBreak(all));
    }

    private boolean refusedLately(MaintenanceHost host) {
        return host.looked()
                .filter(looked -> scene.now().isBefore(looked.plus(AGAIN)))
                .isPresent();
    }

    private static Set<UUID> with(Set<UUID> out, List<MaintenanceHost> more) {
        var all = new HashSet<>(out);
        more.forEach(host -> all.add(host.server()));
        return all;
    }

    /**
     * What speaks against it.
     *
     * @param alone with nobody else out: then what can't be moved may be stopped, if that was allowed; else it waits, for it may be
     *     movable once the others are back
     */
    private Optional<String> objection(Foreseen foreseen, boolean alone) {
        return reasons(foreseen, alone && spec.stopWhatCannotMove());
    }

    static Optional<String> reasons(Foreseen foreseen, boolean mayStop) {
        var reasons = Stream.concat(
                        foreseen.broken().stream(),
                        foreseen.stays().stream()
                                .filter(_ -> !mayStop)
                                .map(machine -> "%s/%s can't be moved: %s"
                                        .formatted(
                                                machine.key().project(),
                                                machine.key().name(),
                                                machine.why())))
                .toList();
        if (reasons.isEmpty()) return Optional.empty();
        var more = reasons.size() > REASONS_MAX ? "; and %d more".formatted(reasons.size() - REASONS_MAX) : "";
        return Optional.of(reasons.stream().limit(REASONS_MAX).collect(Collectors.joining("; ")) + more);
    }
}
