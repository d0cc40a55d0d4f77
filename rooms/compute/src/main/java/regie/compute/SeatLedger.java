package regie.compute;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import regie.kernel.Tx;

/** What is kept for the replacements of stateful members: the only code that touches {@code compute.member_seat}. */
final class SeatLedger {
    private SeatLedger() {}

    /** @param uid owner of the address while no member has it */
    record Seat(UUID uid, String site) {}

    /** By fleet, and by the name of the member. */
    static Map<UUID, Map<String, Seat>> of(Tx tx, Collection<UUID> fleets) {
        var found = new HashMap<UUID, Map<String, Seat>>();
        if (fleets.isEmpty()) return found;
        tx.query(
                "select uid, fleet, name, site from compute.member_seat where fleet = any(:fleets)",
                row -> found.computeIfAbsent(row.uuid("fleet"), _ -> new HashMap<>())
                        .put(row.text("name"), new Seat(row.uuid("uid"), row.text("site"))),
                "fleets",
                fleets);
        return found;
    }

    /** @return uid of the seat: {@code fresh}, or that of the one that there is already */
    static UUID keep(Tx tx, UUID fresh, UUID fleet, String name, String site) {
        Optional<UUID> kept =
                tx.first("""
                insert into compute.member_seat (uid, fleet, name, site) values (:uid, :fleet, :name, :site)
                on conflict (fleet, name) do update set site = excluded.site
                returning uid
                """, row -> row.uuid("uid"), "uid", fresh, "fleet", fleet, "name", name, "site", site);
        return kept.orElseThrow();
    }

    /** @return uids of those that were kept */
    static List<UUID> end(Tx tx, Collection<UUID> fleets) {
        if (fleets.isEmpty()) return List.of();
        return tx.query(
                "delete from compute.member_seat where fleet = any(:fleets) returning uid",
                row -> row.uuid("uid"),
                "fleets",
                fleets);
    }
}
