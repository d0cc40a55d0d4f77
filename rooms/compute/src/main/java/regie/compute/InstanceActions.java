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

    private static final Action<FleetSpec, FleetStatus, Scale> SCALE = new Action<>(
            Compute.FLEET,
            "scale",
            "Changes how many members it has.",
            Scale.class,
            (now, input) -> now.spec().withCount(input.count()));

    public static final List<Action<?, ?, ?>> ALL = List.of(START, STOP, REBOOT, REBUILD, RESIZE, MIGRATE, STAY, SCALE);

    private InstanceActions() {}

    private static InstanceSpec moved(Declared<InstanceSpec, InstanceStatus> now, Optional<String> to) {
        if (now.spec().power() == InstanceSpec.Power.OFF) throw new ComputeRefusal.SwitchedOff(now.key()).asException();
        var on = now.status().host();
        if (on.isEmpty()) throw new ComputeRefusal.NowhereYet(now.key()).asException();
        if (to.isPresent() && to.equals(on)) throw new ComputeRefusal.ThereAlready(now.key(), to.get()).asException();
        return now.spec().moved(to, false, now.status().moveRequests());
    }

    private static InstanceSpec rebooted(Declared<InstanceSpec, InstanceStatus> now) {
        if (now.spec().power() == InstanceSpec.Power.OFF) throw new ComputeRefusal.SwitchedOff(now.key()).asException();
        return now.spec().rebooted();
    }
}
