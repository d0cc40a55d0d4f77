package regie.compute;

import java.util.List;
import java.util.Optional;
import regie.kernel.About;
import regie.kernel.Action;
import regie.kernel.Action.Nothing;
import regie.kernel.Declared;

/** What can be done to an instance or a fleet by a word. */
public final class InstanceActions {
    /** @param image stays as it is where none is named */
    public record Rebuild(
            @About("name of the image to rebuild it from; the same where left out")
            Optional<String> image) {}

    /** @param host name of the server to move to */
    public record Migrate(
            @About("name of the server to move to; the best one where left out")
            Optional<String> host) {}

    public record Resize(@About("name of the new flavor") String flavor) {}

    public record Scale(
            @About("how many members")
            @jakarta.validation.constraints.Min(0)
            @jakarta.validation.constraints.Max(FleetSpec.COUNT_MAX)
            int count) {}

    public record CompleteHook(
            @About(
                    value = "continue; or abandon: a member that starts is replaced, one that stops goes all the same",
                    otherwise = "\"continue\"")
            HookOutcome outcome) {}

    /** @param wave a share, or so many */
    public record Restart(
            @About(value = "so many may be down at a time: \"10%\" of the fleet, or \"3\"", otherwise = "\"10%\"")
            @jakarta.validation.constraints.Pattern(regexp = Share.SOME)
            String wave,

            @About("name of a restart over several fleets") @jakarta.validation.constraints.Size(max = 63)
            Optional<String> run,

            @About("name of the fleet of the same run that comes before") @jakarta.validation.constraints.Size(max = 63)
            Optional<String> after) {}

    private static final Action<InstanceSpec, InstanceStatus, Nothing> START = new Action<>(
            Compute.INSTANCE,
            "start",
            "Switches it on.",
            Nothing.class,
            (now, _) -> now.spec().withPower(InstanceSpec.Power.ON));

    private static final Action<InstanceSpec, InstanceStatus, Nothing> STOP = new Action<>(
            Compute.INSTANCE,
            "stop",
            "Shuts it off; its place and disk are kept.",
            Nothing.class,
            (now, _) -> now.spec().withPower(InstanceSpec.Power.OFF));

    private static final Action<InstanceSpec, InstanceStatus, Nothing> REBOOT =
            new Action<>(Compute.INSTANCE, "reboot", "Resets it.", Nothing.class, (now, _) -> rebooted(now));

    private static final Action<InstanceSpec, InstanceStatus, Rebuild> REBUILD = new Action<>(
            Compute.INSTANCE,
            "rebuild",
            "Makes its root disk anew from the image; what was on it is lost.",
            Rebuild.class,
            (now, input) ->
                    now.spec().rebuiltFrom(input.image().orElse(now.spec().image())));

    private static final Action<InstanceSpec, InstanceStatus, Resize> RESIZE = new Action<>(
            Compute.INSTANCE,
            "resize",
            "Gives it another flavor; it is started anew.",
            Resize.class,
            (now, input) -> now.spec().resizedTo(input.flavor()));

    private static final Action<InstanceSpec, InstanceStatus, Migrate> MIGRATE = new Action<>(
            Compute.INSTANCE,
            "migrate",
            "Moves it to another server of its site while it runs.",
            Migrate.class,
            (now, input) -> moved(now, input.host()));

    private static final Action<InstanceSpec, InstanceStatus, Nothing> STAY = new Action<>(
            Compute.INSTANCE,
            "stay",
            "Calls its live migration off.",
            Nothing.class,
            (now, _) -> now.spec().moved(Optional.empty(), true, now.status().moveRequests()));

    private static final Action<InstanceSpec, InstanceStatus, CompleteHook> COMPLETE_HOOK = new Action<>(
            Compute.INSTANCE,
            "complete-hook",
            "Says that what its fleet's hook waits for is done: a starting member serves, a stopping one goes.",
            CompleteHook.class,
            InstanceActions::completed);

    private static final Action<FleetSpec, FleetStatus, Scale> SCALE = new Action<>(
            Compute.FLEET,
            "scale",
            "Changes how many members it has.",
            Scale.class,
            (now, input) -> scaled(now, input.count()));

    private static final Action<FleetSpec, FleetStatus, Nothing> PAUSE = new Action<>(
            Compute.FLEET,
            "pause",
            "Lets no rollout and no restart of it go on; what fails is replaced all the same.",
            Nothing.class,
            (now, _) -> now.spec().paused(true));

    private static final Action<FleetSpec, FleetStatus, Nothing> RESUME = new Action<>(
            Compute.FLEET,
            "resume",
            "Lets what is paused go on, closes its breaker, and tries a template again that was given up.",
            Nothing.class,
            (now, _) -> now.spec().resumed(now.status().breakerOrClosed().resumes()));

    private static final Action<FleetSpec, FleetStatus, Restart> RESTART = new Action<>(
            Compute.FLEET,
            "restart",
            "Restarts all its members once, a share of them at a time.",
            Restart.class,
            InstanceActions::restarting);

    private static final Action<FleetSpec, FleetStatus, Nothing> CANCEL_RESTART = new Action<>(
            Compute.FLEET,
            "cancel-restart",
            "Ends its restart where it is; members that were told already come back.",
            Nothing.class,
            (now, _) -> cancelled(now));

    public static final List<Action<?, ?, ?>> ALL = List.of(
            START,
            STOP,
            REBOOT,
            REBUILD,
            RESIZE,
            MIGRATE,
            STAY,
            COMPLETE_HOOK,
            SCALE,
            PAUSE,
            RESUME,
            RESTART,
            CANCEL_RESTART);

    private InstanceActions() {}

    private static InstanceSpec moved(Declared<InstanceSpec, InstanceStatus> now, Optional<String> to) {
        if (now.spec().power() == InstanceSpec.Power.OFF) throw new ComputeRefusal.SwitchedOff(now.key()).asException();
        var on = now.status().host();
        if (on.isEmpty()) throw new ComputeRefusal.NowhereYet(now.key()).asException();
        if (to.isPresent() && to.equals(on)) throw new ComputeRefusal.ThereAlready(now.key(), to.get()).asException();
        return now.spec().moved(to, false, now.status().moveRequests());
    }

    static InstanceSpec completed(Declared<InstanceSpec, InstanceStatus> now, CompleteHook input) {
        var hook = now.status()
                .hook()
                .filter(HookStatus::waits)
                .orElseThrow(() -> new ComputeRefusal.NoHook(now.key()).asException());
        return now.spec().answered(new HookAnswer(hook.point(), input.outcome()));
    }

    private static FleetSpec scaled(Declared<FleetSpec, FleetStatus> now, int count) {
        int least = now.spec().minimum().orElse(0);
        int most = now.spec().maximum().orElse(FleetSpec.COUNT_MAX);
        if (count < least || count > most)
            throw new ComputeRefusal.OutsideBounds(now.key(), count, least, most).asException();
        return now.spec().withCount(count);
    }

    /** Its number is beyond all that were asked for or taken up: a manifest without any may have come between. */
    private static FleetSpec restarting(Declared<FleetSpec, FleetStatus> now, Restart input) {
        int taken = now.status().restart().map(RestartStatus::number).orElse(0);
        int asked = now.spec().restart().map(RestartRequest::number).orElse(0);
        return now.spec()
                .restarting(new RestartRequest(
                        Math.max(taken, asked) + 1, input.wave(), input.run(), input.after(), false));
    }

    /** Whether it has begun or is only asked for. */
    private static FleetSpec cancelled(Declared<FleetSpec, FleetStatus> now) {
        var taken = now.status().restart();
        var asked = now.spec()
                .restart()
                .filter(request ->
                        request.number() > taken.map(RestartStatus::number).orElse(0));
        var open = asked.or(() -> taken.filter(RestartStatus::open).map(RestartStatus::request));
        return now.spec()
                .restarting(open.orElseThrow(() -> new ComputeRefusal.NoRestart(now.key()).asException())
                        .cancel());
    }

    private static InstanceSpec rebooted(Declared<InstanceSpec, InstanceStatus> now) {
        if (now.spec().power() == InstanceSpec.Power.OFF) throw new ComputeRefusal.SwitchedOff(now.key()).asException();
        return now.spec().rebooted();
    }
}
