package regie.compute;

import java.util.List;
import regie.estate.ServerSpec;
import regie.estate.ServerSpec.State;
import regie.estate.ServerStatus;
import regie.estate.Servers;
import regie.kernel.Action;
import regie.kernel.Action.Nothing;

/** What can be done to a server by a word. They stand here and not in the estate, which knows of no machines. */
public final class ServerActions {
    private static final Action<ServerSpec, ServerStatus, Nothing> DRAIN =
            into(State.DRAINING, "drain", "Moves its machines away, a few at a time, and gives it no new ones.");

    private static final Action<ServerSpec, ServerStatus, Nothing> CORDON =
            into(State.CORDONED, "cordon", "Gives it no new machines; it keeps those that it has.");

    private static final Action<ServerSpec, ServerStatus, Nothing> UNCORDON =
            into(State.SCHEDULABLE, "uncordon", "Lets it be given machines again.");

    private static final Action<ServerSpec, ServerStatus, Nothing> DECLARE_DEAD = new Action<>(
            Servers.KIND,
            "declare-dead",
            "Vouches that nothing of it runs, nor will again by itself: its machines are started elsewhere.",
            Nothing.class,
            (now, _) -> {
                if (now.status().presence() == ServerStatus.Presence.UP)
                    throw new ComputeRefusal.StillHeard(now.name()).asException();
                return now.spec().in(State.DEAD);
            });

    private static final Action<ServerSpec, ServerStatus, Nothing> REVIVE = new Action<>(
            Servers.KIND,
            "revive",
            "Takes back that it is dead: once it is heard and clean of what was started elsewhere, it is given machines.",
            Nothing.class,
            (now, _) -> {
                if (now.spec().state() != State.DEAD) throw new ComputeRefusal.NotDead(now.name()).asException();
                return now.spec().in(State.SCHEDULABLE);
            });

    public static final List<Action<?, ?, ?>> ALL = List.of(DRAIN, CORDON, UNCORDON, DECLARE_DEAD, REVIVE);

    private ServerActions() {}

    private static Action<ServerSpec, ServerStatus, Nothing> into(State state, String name, String about) {
        return new Action<>(Servers.KIND, name, about, Nothing.class, (now, _) -> {
            var was = now.spec().state();
            if (was == State.DEAD || was == State.RETIRED)
                throw new ComputeRefusal.OutOfService(now.name(), was).asException();
            return now.spec().in(state);
        });
    }
}
