package regie.compute;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import regie.kernel.Json;
import regie.kernel.Row;
import regie.kernel.Tx;
import regie.kernel.WorkQueue;
import regie.placement.Cpu;
import regie.placement.Guest;

/** What is kept free for machines to come: the only code that writes {@code compute.reservation} and {@code compute.reserved}. */
final class ReservationLedger {
    private ReservationLedger() {}

    /** The places of each of {@code reservations}. */
    static Map<UUID, List<ReservedPlace>> places(Tx tx, Collection<UUID> reservations) {
        var places = new HashMap<UUID, List<ReservedPlace>>();
        tx.query(
                "select reservation, place, kept_for, seated from compute.reserved where reservation = any(:reservations)",
                row -> places.computeIfAbsent(row.uuid("reservation"), _ -> new ArrayList<>())
                        .add(new ReservedPlace(
                                row.uuid("place"),
                                Json.read(row.text("kept_for"), KeptFor.class),
                                row.maybeText("seated").map(json -> Json.read(json, Seated.class)))),
                "reservations",
                reservations);
        return places;
    }

    /** What a plan comes to: first what goes, then what is wanted, then what comes. Hosts have to be locked. */
    static void carryOut(Tx tx, List<ReservationPlanner.Decision> plan) {
        drop(tx, plan.stream().flatMap(each -> each.dropped().stream()).toList());
        forget(
                tx,
                plan.stream()
                        .filter(each -> each.wanted().deleting())
                        .map(each -> each.wanted().uid())
                        .toList());
        var staying = plan.stream().filter(each -> !each.wanted().deleting()).toList();
        follow(tx, staying);
        var fresh = new ArrayList<Fresh>();
        for (var each : staying)
            for (var seat : each.added())
                fresh.add(new Fresh(each.wanted().uid(), each.wanted().keptFor(), seat));
        add(tx, fresh);
    }

    private static void drop(Tx tx, List<UUID> places) {
        if (places.isEmpty()) return;
        tx.change("""
                with claims as (delete from compute.claim where instance = any(:places))
                delete from compute.reserved where place = any(:places)
                """, "places", places);
    }

    private static void forget(Tx tx, List<UUID> reservations) {
        if (reservations.isEmpty()) return;
        tx.change("delete from compute.reservation where uid = any(:reservations)", "reservations", reservations);
    }

    private static void follow(Tx tx, List<ReservationPlanner.Decision> plan) {
        if (plan.isEmpty()) return;
        tx.change(
                """
                insert into compute.reservation as r (uid, kind, pattern, kept_for, wanted, ended)
                select uid, kind, pattern::jsonb, kept_for::jsonb, wanted, ended
                  from unnest(:uids, :kinds, :patterns, :keptFor, :wanted, :ended)
                       as declared (uid, kind, pattern, kept_for, wanted, ended)
                 order by uid
                on conflict (uid) do update
                   set pattern = excluded.pattern, kept_for = excluded.kept_for, wanted = excluded.wanted, ended = excluded.ended
                 where (r.pattern, r.kept_for, r.wanted, r.ended)
                       is distinct from (excluded.pattern, excluded.kept_for, excluded.wanted, excluded.ended)
                """,
                "uids",
                plan.stream().map(each -> each.wanted().uid()).toList(),
                "kinds",
                plan.stream().map(each -> each.wanted().key().kind()).toList(),
                "patterns",
                plan.stream().map(each -> Json.write(each.wanted().pattern())).toList(),
                "keptFor",
                plan.stream().map(each -> Json.write(each.wanted().keptFor())).toList(),
                "wanted",
                plan.stream()
                        .map(each -> Math.max(each.wanted().count(), left(each)))
                        .toList(),
                "ended",
                plan.stream().map(ReservationPlanner.Decision::ended).toList());
    }

    /** One that has ended keeps the places that are used, however many are wanted by then. */
    private static int left(ReservationPlanner.Decision decision) {
        return decision.status().used() + decision.status().reserved();
    }

    /** A new free place. */
    record Fresh(UUID reservation, KeptFor keptFor, Seated seat) {
        UUID place() {
            return seat.guest().id();
        }
    }

    /** Places and their claims come in one statement, as those of machines. */
    static void add(Tx tx, List<Fresh> places) {
        if (places.isEmpty()) return;
        var claims = new ClaimRows();
        for (var place : places) claims.add(place.place(), place.seat().place());
        tx.change(
                """
                with places as (
                  insert into compute.reserved (place, reservation, server, overcommitted, seated, kept_for)
                  select place, reservation, server, overcommitted, seated::jsonb, kept_for::jsonb
                    from unnest(:places, :reservations, :servers, :overcommitted, :seated, :keptFor)
                         as fresh (place, reservation, server, overcommitted, seated, kept_for))
                """ + ClaimRows.INSERT,
                claims.behind(
                        "places",
                        places.stream().map(Fresh::place).toList(),
                        "reservations",
                        places.stream().map(Fresh::reservation).toList(),
                        "servers",
                        places.stream()
                                .map(place -> place.seat().place().host())
                                .toList(),
                        "overcommitted",
                        places.stream()
                                .map(place -> place.seat().guest().shape().cpu() == Cpu.OVERCOMMITTED)
                                .toList(),
                        "seated",
                        places.stream().map(place -> Json.write(place.seat())).toList(),
                        "keptFor",
                        places.stream()
                                .map(place -> Json.write(place.keptFor()))
                                .toList()));
    }

    /** @param user the machine that takes {@code place} over; it has to get its own place in the same transaction */
    record TakenOver(UUID place, UUID user) {}

    /** A machine uses a place of a reservation from then on; a site's reserve has lost one, and looks for another. */
    static void takeOver(Tx tx, List<TakenOver> taken) {
        if (taken.isEmpty()) return;
        var places = taken.stream().map(TakenOver::place).toList();
        wake(tx, "place", places);
        tx.change("""
                with gone as (select r.place from compute.reserved r join compute.reservation v on v.uid = r.reservation
                               where r.place = any(:places) and v.kind = :reserve),
                     claims as (delete from compute.claim where instance in (select place from gone))
                delete from compute.reserved where place in (select place from gone)
                """, "places", places, "reserve", Compute.SITE_RESERVE.name());
        tx.change(
                """
                with claims as (delete from compute.claim where instance = any(:places))
                update compute.reserved r
                   set user_instance = taken.user_instance, server = null, overcommitted = null, seated = null
                  from unnest(:places, :users) as taken (place, user_instance) where r.place = taken.place
                """,
                "places",
                places,
                "users",
                taken.stream().map(TakenOver::user).toList());
    }

    /**
     * The places that machines which are about to be freed go back to, with the room that they have now: of reservations that have
     * not ended, where the machine is as large as the reservation wants it, and where its project is not over its quota.
     *
     * @param fresh gives a uid for each
     */
    static List<Fresh> returning(Tx tx, Collection<UUID> machines, java.util.function.Supplier<UUID> fresh) {
        return tx.query("""
                        select v.uid, v.pattern, v.kept_for, a.server, a.seated,
                               (select string_agg(c.slot || '=' || c.amount, E'\\n') from compute.claim c
                                 where c.instance = a.instance and c.server = a.server) as held
                          from compute.reserved r
                          join compute.reservation v on v.uid = r.reservation and not v.ended
                          join compute.allocation a on a.instance = r.user_instance
                         where r.user_instance = any(:machines)
                           and not exists (select from compute.usage u
                                            where u.project = v.pattern ->> 'project' and u.used > u.quota)
                         order by a.instance
                        """, row -> returning(row, fresh), "machines", machines).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Fresh> returning(Row row, java.util.function.Supplier<UUID> fresh) {
        var pattern = Json.read(row.text("pattern"), Guest.class);
        var told = Json.read(row.text("seated"), Seated.class);
        var held = Places.place(row.uuid("server"), Places.amounts(row.text("held")));
        if (!told.guest().shape().equals(pattern.shape()) || !told.place().equals(held)) return Optional.empty();
        var guest = new Guest(fresh.get(), pattern.project(), pattern.group(), pattern.shape(), pattern.rules());
        return Optional.of(
                new Fresh(row.uuid("uid"), Json.read(row.text("kept_for"), KeptFor.class), new Seated(guest, held)));
    }

    /** Those whose places the machines use are looked at again. */
    static void wakeUsed(Tx tx, Collection<UUID> machines) {
        wake(tx, "user_instance", machines);
    }

    /** Those with free places on the servers are looked at again. */
    static void wakeOn(Tx tx, Collection<UUID> servers) {
        wake(tx, "server", servers);
    }

    /** Those that lack a place try again. */
    static void hurry(Tx tx) {
        for (var kind : Compute.RESERVING) WorkQueue.hurry(tx, kind);
    }

    private static void wake(Tx tx, String column, Collection<UUID> of) {
        if (of.isEmpty()) return;
        var byKind = new HashMap<String, Set<UUID>>();
        tx.query(
                """
                select v.kind, v.uid from compute.reserved r join compute.reservation v on v.uid = r.reservation
                 where r.%s = any(:of)
                """.formatted(column),
                row -> byKind.computeIfAbsent(row.text("kind"), _ -> new HashSet<>())
                        .add(row.uuid("uid")),
                "of",
                of);
        byKind.forEach((kind, uids) -> WorkQueue.add(tx, kind, uids));
    }

    /** Gives up the free places on servers that are to go. */
    static void leave(Tx tx, Collection<UUID> servers) {
        wakeOn(tx, servers);
        tx.change("""
                with gone as (select place from compute.reserved where server = any(:servers)),
                     claims as (delete from compute.claim where instance in (select place from gone))
                delete from compute.reserved where server = any(:servers)
                """, "servers", servers);
    }
}
