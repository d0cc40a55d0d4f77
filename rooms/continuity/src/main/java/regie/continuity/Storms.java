package regie.continuity;

import java.util.List;
import regie.continuity.StormSpec.Decision;
import regie.kernel.Action;
import regie.kernel.Action.Nothing;
import regie.kernel.Json;
import regie.kernel.Kind;
import regie.kernel.Kind.Scope;

/** The kind of this room. The room itself declares storms when they come; declared by hand, one is a word to fence nothing meanwhile. */
public final class Storms {
    public static final Kind<StormSpec, StormStatus> KIND = Kind.shown(
                    "Storm",
                    "storms",
                    Scope.ESTATE,
                    StormSpec.class,
                    StormStatus.class,
                    StormStatus.FRESH,
                    "Many servers missing at once, of which none is fenced until somebody has decided.")
            .column("SITE", storm -> storm.spec().site())
            .column("MISSING", storm -> storm.status().missing())
            .column("OF", storm -> storm.status().servers())
            .column("SINCE", storm -> storm.status().since())
            .column("DECISION", storm -> Json.name(storm.spec().decision()))
            .column("OVER", storm -> storm.status().over());

    private static final Action<StormSpec, StormStatus, Nothing> RELEASE = new Action<>(
            KIND,
            "release",
            "Looks at those that are missing one by one: asked, cut off, declared dead.",
            Nothing.class,
            (now, _) -> now.spec().decided(Decision.RELEASED));

    private static final Action<StormSpec, StormStatus, Nothing> KEEP = new Action<>(
            KIND,
            "keep",
            "Waits for those that are missing; nothing is done to any of them.",
            Nothing.class,
            (now, _) -> now.spec().decided(Decision.KEPT));

    public static final List<Action<?, ?, ?>> ACTIONS = List.of(RELEASE, KEEP);

    private Storms() {}
}
