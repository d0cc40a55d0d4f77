package regie.compute;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import regie.agent.contract.Claim;
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
        tx.query("""
                        select m.*, h.presence, own.taken_generation >= m.told_since as heard,
                               h.taken_generation >= m.leaving_since and s.server is null as gone,
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
                new Claim(
                        row.integer("claimed_vcpus"), row.number("claimed_memory_mib"), row.number("claimed_disk_gib")),
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
    record Begun(UUID server, Claim claim, String crowd, Guest guest, String origin, String destination, Instant now) {}

    static void begin(Tx tx, Begun begun) {
        tell(tx, begun.server());
        insert(tx, begun, MovePhase.PREPARING, begun.now(), Optional.empty(), Optional.empty());
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
     * Its second place becomes its place, and the one before the second, to be left. In this order no host is ever charged
     * twice for it.
     */
    static void handOver(Tx tx, Machine machine, Migration way, String crowd, Instant now) {
        var before = machine.allocation().orElseThrow();
        end(tx, machine.uid());
        tx.change(
                """
                update compute.allocation
                   set server = :server, epoch = :epoch, guest = :guest::jsonb,
                       claimed_vcpus = :vcpus, claimed_memory_mib = :memory, claimed_disk_gib = :disk
                 where instance = :instance
                """,
                "instance",
                machine.uid(),
                "server",
                way.server(),
                "epoch",
                way.guest().epoch(),
                "guest",
                Json.write(way.guest().with(Optional.empty())),
                "vcpus",
                way.claim().vcpus(),
                "memory",
                way.claim().memoryMiB(),
                "disk",
                way.claim().diskGiB());
        tell(tx, way.server());
        long leaving = tell(tx, before.server());
        var left = new Begun(
                before.server(), before.claim(), crowd, before.guest(), way.origin(), way.destination(), way.begun());
        insert(tx, left, MovePhase.LEFT, way.begun(), Optional.of(now), Optional.of(leaving));
    }

    static void end(Tx tx, UUID instance) {
        tx.change("delete from compute.migration where instance = :instance", "instance", instance);
    }

    private static void insert(
            Tx tx, Begun begun, MovePhase phase, Instant since, Optional<Instant> settled, Optional<Long> leaving) {
        tx.change(
                """
                insert into compute.migration
                       (instance, server, epoch, claimed_vcpus, claimed_memory_mib, claimed_disk_gib, crowd, guest, phase, attempt,
                        origin, destination, begun, settled, leaving_since)
                select :instance, :server, :epoch, :vcpus, :memory, :disk, nullif(:crowd, ''), :guest::jsonb, :phase, attempts,
                       :origin, :destination, :begun, :settled::timestamptz, :leaving::bigint
                  from compute.allocation where instance = :instance
                """,
                "instance",
                begun.guest().uid(),
                "server",
                begun.server(),
                "epoch",
                begun.guest().epoch(),
                "vcpus",
                begun.claim().vcpus(),
                "memory",
                begun.claim().memoryMiB(),
                "disk",
                begun.claim().diskGiB(),
                "crowd",
                begun.crowd(),
                "guest",
                Json.write(begun.guest()),
                "phase",
                phase,
                "origin",
                begun.origin(),
                "destination",
                begun.destination(),
                "begun",
                since,
                "settled",
                settled,
                "leaving",
                leaving);
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
