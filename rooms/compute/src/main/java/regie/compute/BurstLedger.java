package regie.compute;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.kernel.Hold;
import regie.kernel.Row;
import regie.kernel.Tx;

/** Machines in public clouds: the only code that touches {@code compute.burst}, {@code compute.bursting} and {@code compute.burst_turn}. */
final class BurstLedger {
    private BurstLedger() {}

    /** From now on {@code fleets} are looked at, until {@link #forget}. */
    static void follow(Tx tx, Collection<UUID> fleets) {
        if (!fleets.isEmpty())
            tx.change(
                    "insert into compute.bursting (fleet) select fleet from unnest(:fleets) fleet on conflict do nothing",
                    "fleets",
                    fleets);
    }

    /** By the database's clock, on which all servers of the room agree. */
    static Instant now(Tx tx) {
        return tx.first("select clock_timestamp() as now", row -> row.instant("now"))
                .orElseThrow();
    }

    /** Fleets that may burst, and those that have machines left. */
    static List<UUID> followed(Tx tx) {
        return tx.query(
                "select fleet from compute.bursting union select fleet from compute.burst", row -> row.uuid("fleet"));
    }

    static void forget(Tx tx, Collection<UUID> fleets) {
        if (!fleets.isEmpty()) tx.change("delete from compute.bursting where fleet = any(:fleets)", "fleets", fleets);
    }

    /** @return the room's name for itself, where it is this server's turn; nobody else's for {@code seconds} */
    static Optional<UUID> turn(Tx tx, int seconds) {
        return tx.first("""
                update compute.burst_turn set due_at = clock_timestamp() + :seconds * interval '1 second'
                 where due_at <= clock_timestamp() returning room
                """, row -> row.uuid("room"), "seconds", seconds);
    }

    static void again(Tx tx, int seconds) {
        tx.change(
                "update compute.burst_turn set due_at = clock_timestamp() + :seconds * interval '1 second'",
                "seconds",
                seconds);
    }

    static void want(Tx tx, UUID fleet, String cloud, long price, Cloud.Request request) {
        tx.change(
                """
                insert into compute.burst (uid, fleet, cloud, name, flavor, image, network, user_data, price, state)
                values (:uid, :fleet, :cloud, :name, :flavor, :image, :network, :userData, :price, 'WANTED')
                """,
                "uid",
                request.token(),
                "fleet",
                fleet,
                "cloud",
                cloud,
                "name",
                request.name(),
                "flavor",
                request.flavor(),
                "image",
                request.image(),
                "network",
                request.network(),
                "userData",
                request.userData(),
                "price",
                price);
    }

    static void end(Tx tx, Collection<UUID> machines) {
        if (!machines.isEmpty()) tx.change("""
                    update compute.burst set state = 'ENDING', since = clock_timestamp(), detail = ''
                     where uid = any(:uids) and state <> 'ENDING'
                    """, "uids", machines);
    }

    /** The cloud has it. One that is to end meanwhile stays so. */
    static void started(Tx tx, UUID uid, Cloud.Machine machine) {
        tx.change(
                """
                update compute.burst
                   set since = case when state = 'WANTED' then clock_timestamp() else since end,
                       state = case when state = 'WANTED' then 'STARTED' else state end,
                       machine = :machine, running = :running, address = :address, detail = ''
                 where uid = :uid
                """,
                "machine",
                machine.id(),
                "running",
                machine.state() == Cloud.State.RUNNING,
                "address",
                machine.address(),
                "uid",
                uid);
    }

    static void note(Tx tx, UUID uid, String detail) {
        tx.change("update compute.burst set detail = :detail where uid = :uid", "detail", detail, "uid", uid);
    }

    static void gone(Tx tx, UUID uid) {
        tx.change("delete from compute.burst where uid = :uid", "uid", uid);
    }

    /** @return whether it is another one than before */
    static boolean hold(Tx tx, UUID fleet, Optional<Hold> hold) {
        return tx.change(
                        """
                        update compute.bursting set code = :code, detail = :detail
                         where fleet = :fleet and (code, detail) is distinct from (:code, :detail)
                        """,
                        "code",
                        hold.map(Hold::code).orElse(""),
                        "detail",
                        hold.map(Hold::detail).orElse(""),
                        "fleet",
                        fleet)
                > 0;
    }

    static Map<UUID, Hold> holds(Tx tx, Collection<UUID> fleets) {
        if (fleets.isEmpty()) return Map.of();
        return tx
                .query(
                        "select fleet, code, detail from compute.bursting where fleet = any(:fleets) and code <> ''",
                        row -> Map.entry(row.uuid("fleet"), new Hold(row.text("code"), row.text("detail"))),
                        "fleets",
                        fleets)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** By fleet, the older first. */
    static Map<UUID, List<BurstMachine>> of(Tx tx, Collection<UUID> fleets) {
        if (fleets.isEmpty()) return Map.of();
        return tx
                .query(
                        SELECT + " where fleet = any(:fleets) order by b.since, b.uid",
                        BurstLedger::machine,
                        "fleets",
                        fleets)
                .stream()
                .collect(Collectors.groupingBy(BurstMachine::fleet));
    }

    /** In one cloud, the older first. */
    static List<BurstMachine> in(Tx tx, String cloud) {
        return tx.query(SELECT + " where cloud = :cloud order by b.since, b.uid", BurstLedger::machine, "cloud", cloud);
    }

    /** Clouds in which there is anything. */
    static List<String> clouds(Tx tx) {
        return tx.query("select distinct cloud from compute.burst order by cloud", row -> row.text("cloud"));
    }

    private static final String SELECT = "select b.*, t.room from compute.burst b cross join compute.burst_turn t";

    private static BurstMachine machine(Row row) {
        var request = new Cloud.Request(
                row.uuid("uid"),
                row.uuid("room"),
                row.text("name"),
                row.text("flavor"),
                row.text("image"),
                row.maybeText("network"),
                row.maybeText("user_data"));
        return new BurstMachine(
                row.uuid("uid"),
                row.uuid("fleet"),
                row.text("cloud"),
                request,
                row.number("price"),
                BurstState.valueOf(row.text("state")),
                row.instant("since"),
                row.maybeText("machine"),
                row.flag("running"),
                row.maybeText("address"),
                row.text("detail"));
    }
}
