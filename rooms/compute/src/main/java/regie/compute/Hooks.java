package regie.compute;

import java.time.Instant;
import java.util.Optional;

/** How a member comes past the hooks of its fleet. Pure; each is waited for once in its life, and never for longer than is declared. */
final class Hooks {
    private final Optional<HooksSpec.Starting> starting;
    private final Optional<HooksSpec.Stopping> stopping;
    private final Instant now;

    Hooks(FleetSpec spec, Instant now) {
        this.starting = spec.hooks().flatMap(HooksSpec::starting);
        this.stopping = spec.hooks().flatMap(HooksSpec::stopping);
        this.now = now;
    }

    /** With which a new member begins. Those that were there before the hook was declared serve already and never come to it. */
    Optional<HookStatus> ofNew() {
        return starting.map(_ -> HookStatus.AHEAD);
    }

    /** What it comes to now; empty where nothing changes. A hook that is declared no more holds nobody. */
    Optional<HookStatus> next(Machine member) {
        var hook = member.status().hook();
        if (hook.isEmpty()) return Optional.empty();
        return switch (hook.get().state()) {
            case CONTINUED, ABANDONED -> Optional.empty();
            case AHEAD ->
                starting.isEmpty()
                        ? Optional.of(hook.get().to(HookOutcome.CONTINUE, false))
                        : starting.filter(_ -> Members.runs(member))
                                .map(each -> HookStatus.waiting(HookPoint.STARTING, now, each.timeoutSeconds()));
            case WAITING -> ended(member, hook.get());
        };
    }

    private Optional<HookStatus> ended(Machine member, HookStatus hook) {
        var answer = member.spec().hook().filter(each -> each.point() == hook.point());
        if (answer.isPresent()) return Optional.of(hook.to(answer.get().outcome(), false));
        boolean declared = switch (hook.point()) {
            case STARTING -> starting.isPresent();
            case STOPPING -> stopping.isPresent();
        };
        if (!declared) return Optional.of(hook.to(HookOutcome.CONTINUE, false));
        if (hook.until().filter(now::isBefore).isPresent()) return Optional.empty();
        var otherwise = hook.point() == HookPoint.STARTING
                ? starting.map(HooksSpec.Starting::otherwise).orElse(HookOutcome.CONTINUE)
                : HookOutcome.CONTINUE;
        return Optional.of(hook.to(otherwise, true));
    }

    /** How a member that is to go waits before; empty where it goes at once, as one does that never served. */
    Optional<HookStatus> beforeStopping(Machine member) {
        return stopping.filter(_ -> Members.runs(member) && Members.isPastStarting(member))
                .map(each -> HookStatus.waiting(HookPoint.STOPPING, now, each.timeoutSeconds()));
    }
}
