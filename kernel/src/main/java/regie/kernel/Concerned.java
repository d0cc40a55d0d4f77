package regie.kernel;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Who has to look again where a project was changed: all that is in it and has a loop. */
final class Concerned {
    private Concerned() {}

    /** Puts on their queues those that are in one of {@code changed}, where these are projects. */
    static void wake(Tx tx, Kinds kinds, Kind<?, ?> kind, Collection<UUID> changed) {
        if (!kind.names() || changed.isEmpty()) return;
        var worked = kinds.all().stream().filter(Kind::work).map(Kind::name).toList();
        inside(tx, changed, worked).forEach((name, uids) -> WorkQueue.add(tx, name, uids));
    }

    private static Map<String, List<UUID>> inside(Tx tx, Collection<UUID> projects, List<String> kinds) {
        return tx
                .query("""
                        select r.kind, r.uid from kernel.resource r
                         where r.kind = any(:kinds) and r.project in (select name from kernel.resource where uid = any(:projects))
                        """, row -> Map.entry(row.text("kind"), row.uuid("uid")), "kinds", kinds, "projects", projects)
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }
}
