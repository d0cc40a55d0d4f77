package regie.continuity;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import regie.kernel.Check;
import regie.kernel.Tx;

/** What hosts say of themselves, as it stands: the only place with SQL on {@code continuity.host_vitals}. */
final class VitalsLedger {
    private VitalsLedger() {}

    /**
     * @param boot tells each start of the host's operating system from all others; empty where its agent does not know
     * @param rebootable whether its agent may have it booted anew
     */
    record Known(Optional<String> boot, boolean rebootable, Optional<Ailment> ailment) {
        static final Known NOTHING = new Known(Optional.empty(), false, Optional.empty());
    }

    static Map<String, Known> of(Tx tx, Collection<String> names) {
        var known = new HashMap<String, Known>();
        tx.query(
                "select * from continuity.host_vitals where name = any(:names)",
                row -> known.put(
                        row.text("name"),
                        new Known(
                                Optional.of(row.text("boot")).filter(boot -> !boot.isEmpty()),
                                row.flag("rebootable"),
                                row.maybeInstant("since")
                                        .map(since -> new Ailment(row.text("ails"), row.text("detail"), since)))),
                "names",
                names);
        return known;
    }

    /** Whether anything is wrong with any of them. */
    static boolean anyAils(Tx tx) {
        return tx.first(
                        "select name from continuity.host_vitals where since is not null limit 1",
                        row -> row.text("name"))
                .isPresent();
    }

    /** Takes the place of what was known of these hosts. */
    static void keep(Tx tx, Map<String, Known> changed) {
        if (changed.isEmpty()) return;
        var names = List.copyOf(changed.keySet());
        var known = names.stream().map(changed::get).map(Check::present).toList();
        tx.change(
                """
                insert into continuity.host_vitals (name, boot, rebootable, ails, detail, since)
                select name, boot, rebootable, ails, detail, nullif(since, '')::timestamptz
                  from unnest(:names, :boots, :rebootable, :ails, :details, :since) as now (name, boot, rebootable, ails, detail, since)
                on conflict (name) do update
                   set boot = excluded.boot, rebootable = excluded.rebootable, ails = excluded.ails, detail = excluded.detail,
                       since = excluded.since
                """,
                "names",
                names,
                "boots",
                known.stream().map(each -> each.boot().orElse("")).toList(),
                "rebootable",
                known.stream().map(Known::rebootable).toList(),
                "ails",
                known.stream()
                        .map(each -> each.ailment().map(Ailment::code).orElse(""))
                        .toList(),
                "details",
                known.stream()
                        .map(each -> each.ailment().map(Ailment::detail).orElse(""))
                        .toList(),
                "since",
                known.stream()
                        .map(each -> each.ailment()
                                .map(Ailment::since)
                                .map(Instant::toString)
                                .orElse(""))
                        .toList());
    }
}
