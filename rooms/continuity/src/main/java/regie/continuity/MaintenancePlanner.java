package regie.continuity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import regie.continuity.MaintenanceSpec.Work;
import regie.continuity.MaintenanceStep.GiveBack;
import regie.continuity.MaintenanceStep.Reach;
import regie.continuity.MaintenanceStep.ShutOff;
import regie.continuity.MaintenanceStep.Skip;
import regie.estate.ServerStatus.Presence;
import regie.kernel.Hold;

/**
 * Brings servers out, has them worked on, and brings them back. Whose turn comes next, and whose can't, is {@link MaintenanceTurns}'
 * to say. Pure: no clock, and the same scene gives the same plan.
 */
final class MaintenancePlanner {
    /** A server that was switched off a moment ago counts as heard for five seconds more; what is heard after this is heard now. */
    static final Duration SETTLE = Duration.ofSeconds(7);

    private final MaintenanceSpec spec;
    private final boolean ending;
    private final MaintenanceScene scene;
    private final List<MaintenanceStep> steps = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();

    private MaintenancePlanner(MaintenanceSpec spec, boolean deleting, MaintenanceScene scene) {
        this.spec = spec;
        this.ending = deleting || spec.cancelled();
        this.scene = scene;
    }

    /** @param deleting nothing more is to be begun, and what is under way comes to its end */
    static MaintenancePlan plan(MaintenanceSpec spec, boolean deleting, MaintenanceScene scene) {
        return new MaintenancePlanner(spec, deleting, scene).plan();
    }

    private MaintenancePlan plan() {
        for (var host : scene.hosts()) next(host).ifPresent(steps::add);
        if (!ending) {
            var turns = new MaintenanceTurns(spec, scene).next();
            steps.addAll(turns.steps());
            holds.addAll(turns.holds());
        }
        return new MaintenancePlan(steps, holds);
    }

    private Optional<MaintenanceStep> next(MaintenanceHost host) {
        return switch (host.stage()) {
            case PENDING -> pending(host);
            case DRAINING -> draining(host);
            case EMPTY -> empty(host);
            case WORKING -> working(host);
            case VERIFYING -> verifying(host);
            case FAILED -> failed(host);
            case DONE, SKIPPED, CANCELLED -> Optional.empty();
        };
    }

    private Optional<MaintenanceStep> pending(MaintenanceHost host) {
        if (ending) return Optional.of(new Reach(host, MaintenanceStage.CANCELLED));
        if (!host.runsMachines()) return Optional.empty();
        return switch (host.presence()) {
            case DEAD -> Optional.of(new Skip(host, "it is dead"));
            case UNKNOWN -> Optional.of(new Skip(host, "its agent was never heard"));
            case SILENT, SUSPECT, REFUSED ->
                host.closed() ? Optional.of(new Skip(host, "it is not heard, and closed")) : Optional.empty();
            case UP -> Optional.empty();
        };
    }

    private Optional<MaintenanceStep> draining(MaintenanceHost host) {
        if (ending) return Optional.of(new GiveBack(host, MaintenanceStage.CANCELLED));
        if (overruled(host)) return Optional.empty();
        if (host.empty()) return Optional.of(new Reach(host, MaintenanceStage.EMPTY));
        var stuck = host.stuck();
        if (stuck.isEmpty()) return Optional.empty();
        if (spec.stopWhatCannotMove()) return Optional.of(new ShutOff(host, stuck));
        holds.add(MaintenanceHolds.cannotMove(host, stuck));
        return Optional.empty();
    }

    private Optional<MaintenanceStep> empty(MaintenanceHost host) {
        if (ending) return Optional.of(new GiveBack(host, MaintenanceStage.CANCELLED));
        if (overruled(host)) return Optional.empty();
        if (!host.empty()) return Optional.of(new Reach(host, MaintenanceStage.DRAINING));
        if (spec.paused()) {
            if (!holds.contains(MaintenanceHolds.paused())) holds.add(MaintenanceHolds.paused());
            return Optional.empty();
        }
        if (spec.scope().feed().isPresent() && !allEmpty()) return Optional.empty();
        return switch (spec.work()) {
            case NOTHING -> Optional.of(new Reach(host, MaintenanceStage.VERIFYING));
            case WAIT -> Optional.of(new Reach(host, MaintenanceStage.WORKING));
            case REBOOT ->
                spec.done().contains(host.name())
                        ? Optional.of(new Reach(host, MaintenanceStage.VERIFYING))
                        : MaintenanceReboots.begin(host, scene.now(), holds);
        };
    }

    /** Who works on a feed has to know that nothing hangs on it alone any more. */
    private boolean allEmpty() {
        return scene.hosts().stream()
                .noneMatch(
                        host -> host.stage() == MaintenanceStage.PENDING || host.stage() == MaintenanceStage.DRAINING);
    }

    /** Somebody wants it to have machines while it is to be emptied: nobody fights with him, and nobody works on it. */
    private boolean overruled(MaintenanceHost host) {
        if (host.closed()) return false;
        holds.add(MaintenanceHolds.overruled(host));
        return true;
    }

    private Optional<MaintenanceStep> working(MaintenanceHost host) {
        if (spec.done().contains(host.name())) return Optional.of(new Reach(host, MaintenanceStage.VERIFYING));
        if (spec.work() == Work.REBOOT) return MaintenanceReboots.follow(host, spec, scene.now(), holds);
        if (!overruled(host)) holds.add(MaintenanceHolds.waits(host));
        return Optional.empty();
    }

    private Optional<MaintenanceStep> verifying(MaintenanceHost host) {
        var trouble = trouble(host);
        boolean settled = !scene.now().isBefore(host.since().plus(SETTLE));
        if (trouble.isEmpty() && (settled || !host.runsMachines() || spec.work() == Work.NOTHING))
            return Optional.of(new GiveBack(host, MaintenanceStage.DONE));
        if (!scene.now().isBefore(host.since().plusSeconds(spec.verifySeconds())))
            return Optional.of(new Reach(
                    host,
                    MaintenanceStage.FAILED,
                    "%d seconds after the work %s".formatted(spec.verifySeconds(), trouble.orElse("it was not well"))));
        trouble.ifPresent(why -> holds.add(MaintenanceHolds.verifying(host, why)));
        return Optional.empty();
    }

    private Optional<String> trouble(MaintenanceHost host) {
        if (!host.runsMachines()) return Optional.empty();
        if (host.presence() != Presence.UP) return Optional.of("its agent is not heard");
        boolean rebooted = spec.work() != Work.REBOOT
                || spec.done().contains(host.name())
                || host.reboot().happened();
        if (!rebooted) return Optional.of("it has not booted anew");
        return host.trouble().stream().findFirst();
    }

    /** Who is there and was never booted anew is told to once more, since somebody said so; all others are looked at. */
    private MaintenanceStage again(MaintenanceHost host) {
        boolean untouched = spec.work() == Work.REBOOT
                && host.presence() == Presence.UP
                && host.reboot().before().isPresent()
                && !host.reboot().happened();
        return untouched ? MaintenanceStage.EMPTY : MaintenanceStage.VERIFYING;
    }

    private Optional<MaintenanceStep> failed(MaintenanceHost host) {
        if (ending) return Optional.of(new MaintenanceStep.Abandon(host, host.note() + "; it stays closed"));
        if (spec.retries() > host.retries()) return Optional.of(new Reach(host, again(host)));
        holds.add(MaintenanceHolds.failed(host));
        return Optional.empty();
    }
}
