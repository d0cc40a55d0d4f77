package regie.compute;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import regie.agent.contract.Guest;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.HandoverSeen;
import regie.kernel.Json;
import regie.kernel.Row;
import regie.kernel.Tx;

/** Machines on their way from one host to another: the only place with SQL that writes {@code compute.migration}. */
final class MoveLedger {
    private MoveLedger() {}

    static Map<UUID, Migration> of(Tx tx, Collection<UUID> instances) {
        var found = new HashMap<UUID, Migration>();
        if (instances.isEmpty()) return found;
        tx.query("""
                        select m.*, h.presence, own.taken_generation >= m.told_since as heard,
                               h.presence = 'DEAD' or h.taken_generation >= m.leaving_since and s.server is null as gone,
                               s.epoch as seen_epoch, s.state as seen_state, s.reboots as seen_reboots, s.builds as seen_builds,
                               s.detail as seen_detail, s.handover as seen_handover
                          from compute.migration m
                          join compute.host h on h.server = m.server
                          join compute.allocation a on a.instance = m.instance
                          join compute.host own on own.server = a.server
                          left join compute.seen s on s.server = m.server and s.instance = m.instance
                         where m.instance = any(:instances)
                        """, row -> Map.entry(row.uuid("instance"), migration(row)), "instances", instances)
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    private static Migration migration(Row row) {
        return new Migration(
                row.uuid("server"),
                Host.Presence.valueOf(row.text("presence")),
                MovePhase.valueOf(row.text("phase")),
                row.number("attempt"),
                Json.read(row.text("seated"), Seated.class),
                Json.read(row.text("guest"), Guest.class),
                row.maybeText("seen_state").map(_ -> seen(row)),
                row.maybeNumber("told_since").isPresent() && row.flag("heard"),
                row.maybeNumber("leaving_since").isPresent() && row.flag("gone"),
                row.text("origin"),
                row.text("destination"),
                row.instant("begun"),
                row.maybeInstant("settled"),
                row.text("why"));
    }

    private static GuestSeen seen(Row row) {
        return new GuestSeen(
                row.uuid("instance"),
                row.number("seen_epoch"),
                GuestSeen.State.valueOf(row.text("seen_state")),
                row.integer("seen_reboots"),
                row.integer("seen_builds"),
                row.text("seen_detail"),
                row.maybeText("seen_handover").map(json -> Json.read(json, HandoverSeen.class)));
    }

    /** Counts one more try to move the instance, and gives its number. */
    static long attempt(Tx tx, UUID instance) {
        return tx.query(
                        "update compute.allocation set attempts = attempts + 1 where instance = :instance returning attempts",
                        row -> row.number("attempts"),
                        "instance",
                        instance)
                .getFirst();
    }

    /** @param guest what the destination is told to await */
    record Begun(Seated seat, Guest guest, String origin, String destination, Instant now) {}

    /** The second place comes with its claims, in one statement. */
    static void begin(Tx tx, Begun begun) {
        var server = begun.seat().place().host();
        tell(tx, server);
        var claims = new ClaimRows();
        claims.add(begun.guest().uid(), begun.seat().place());
        tx.change(
                """
                with place as (
                  insert into compute.migration
                         (instance, server, epoch, overcommitted, seated, guest, phase, attempt, origin, destination, begun)
                  select :instance, :server, :epoch, overcommitted, :seated::jsonb, :guest::jsonb, :phase,
                         attempts, :origin, :destination, :begun
                    from compute.allocation where instance = :instance)
                """ + ClaimRows.INSERT,
                claims.behind(
                        "instance",
                        begun.guest().uid(),
                        "server",
                        server,
                        "epoch",
                        begun.guest().epoch(),
                        "seated",
                        Json.write(begun.seat()),
                        "guest",
                        Json.write(begun.guest()),
                        "phase",
                        MovePhase.PREPARING,
                        "origin",
                        begun.origin(),
                        "destination",
                        begun.destination(),
                        "begun",
                        begun.now()));
    }

    /** The host that it is on was told to hand it over. */
    static void moving(Tx tx, UUID instance) {
        tx.change("update compute.migration set phase = 'MOVING' where instance = :instance", "instance", instance);
    }

    /** The host that it is on was told, by its newest wish, to keep it. */
    static void staying(Tx tx, UUID instance, String why) {
        tx.change("""
                update compute.migration m set phase = 'STAYING', why = :why, told_since = h.generation
                  from compute.allocation a join compute.host h on h.server = a.server
                 where m.instance = :instance and a.instance = m.instance
                """, "instance", instance, "why", why);
    }

    /** The destination is told to forget it. */
    static void clear(Tx tx, UUID instance, Migration way, String why) {
        long generation = tell(tx, way.server());
        tx.change(
                "update compute.migration set phase = 'CLEARING', why = :why, leaving_since = :generation where instance = :instance",
                "instance",
                instance,
                "why",
                why,
                "generation",
                generation);
    }

    /**
     * Its second place becomes its place, and the one before the second, to be left. The claims on both hosts stay: no room is
     * given back or charged twice.
     */
    static void handOver(Tx tx, Machine machine, Migration way, Instant now) {
        var before = machine.allocation().orElseThrow();
        tell(tx, way.server());
        long leaving = tell(tx, before.server());
        tx.change(
                """
                with left_behind as (
                  update compute.migration
                     set server = :from, epoch = :oldEpoch, seated = :oldSeated::jsonb,
                         guest = :oldGuest::jsonb, phase = :phase, settled = :now, told_since = null, leaving_since = :leaving,
                         why = ''
                   where instance = :instance)
                update compute.allocation set server = :to, epoch = :epoch, seated = :seated::jsonb, guest = :guest::jsonb
                 where instance = :instance
                """,
                "instance",
                machine.uid(),
                "from",
                before.server(),
                "oldEpoch",
                before.guest().epoch(),
                "oldSeated",
                Json.write(before.told()),
                "oldGuest",
                Json.write(before.guest()),
                "phase",
                MovePhase.LEFT,
                "now",
                now,
                "leaving",
                leaving,
                "to",
                way.server(),
                "epoch",
                way.guest().epoch(),
                "seated",
                Json.write(way.seat()),
                "guest",
                Json.write(way.guest().with(Optional.empty())));
    }

    static void end(Tx tx, UUID instance) {
        tx.change("""
                with claims as (
                  delete from compute.claim c using compute.migration m
                   where m.instance = :instance and c.instance = m.instance and c.server = m.server)
                delete from compute.migration where instance = :instance
                """, "instance", instance);
    }

    /** @return the generation of the wish that {@code server} is to hear of this change with */
    private static long tell(Tx tx, UUID server) {
        tx.hint(Wishes.TOPIC);
        return tx.query(
                        "update compute.host set generation = generation + 1 where server = :server returning generation",
                        row -> row.number("generation"),
                        "server",
                        server)
                .getFirst();
    }

    /** Looks at the instances again soon: what waited for the end of their move may begin. */
    static void wake(Tx tx, List<UUID> instances) {
        regie.kernel.WorkQueue.add(tx, Compute.INSTANCE.name(), instances);
    }
}
