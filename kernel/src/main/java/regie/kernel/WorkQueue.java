package regie.kernel;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What has to be looked at, durable and shared by all servers. An item says only "look at this object": adding it twice is adding
 * it once, and it stays until somebody has completed the very generation that he took. Times are the database's.
 */
public final class WorkQueue {
    private final String owner;

    /** @param owner name of this process among all that share the database; new at each start */
    public WorkQueue(String owner) {
        this.owner = owner;
    }

    /** @param attempt 1 for the first try since something changed */
    public record Item(UUID object, long generation, int attempt) {}

    /** @param oldestSeconds since when the one that is due longest is due; 0 where none is */
    public record Backlog(String kind, long items, double oldestSeconds) {}

    /** How much waits, by kind. */
    public static List<Backlog> backlog(Tx tx) {
        return tx.query("""
                select kind, count(*) as items,
                       (1000 * greatest(0, extract(epoch from clock_timestamp() - min(due_at))))::bigint as millis
                  from kernel.work group by kind order by kind
                """, row -> new Backlog(row.text("kind"), row.number("items"), row.number("millis") / 1e3));
    }

    public static String topic(String kind) {
        return "work:" + kind;
    }

    /** Puts objects on the queue, to be looked at now. */
    public static void add(Tx tx, String kind, Collection<UUID> objects) {
        if (objects.isEmpty()) return;
        tx.change("""
                insert into kernel.work as w (kind, object)
                select :kind, object from unnest(:objects) object group by object order by object
                on conflict (kind, object) do update
                   set generation = w.generation + 1, attempt = 0, due_at = least(w.due_at, excluded.due_at)
                """, "kind", kind, "objects", objects);
        tx.hint(topic(kind));
    }

    /** Takes objects off the queue that nobody has to look at: they are gone, or this very transaction made and settled them. */
    public static void drop(Tx tx, String kind, Collection<UUID> objects) {
        if (objects.isEmpty()) return;
        tx.change(
                "delete from kernel.work where kind = :kind and object = any(:objects)",
                "kind",
                kind,
                "objects",
                objects);
    }

    /**
     * Makes all that waits for a later time due now, because something changed that they may be waiting for. What is taken just
     * now may have been looked at before that change: it is not postponed either, which {@link #postpone} knows by its attempt.
     */
    public static void hurry(Tx tx, String kind) {
        int hurried = tx.change("""
                with waiting as materialized (
                  select object from kernel.work
                   where kind = :kind and (due_at > clock_timestamp() or lease_until is not null) order by object for update)
                update kernel.work w set due_at = least(w.due_at, clock_timestamp()), attempt = 0
                  from waiting where w.kind = :kind and w.object = waiting.object
                """, "kind", kind);
        if (hurried > 0) tx.hint(topic(kind));
    }

    /** Those of {@code kinds} of which something is due and not taken. */
    public static Set<String> due(Tx tx, Collection<String> kinds) {
        return Set.copyOf(tx.query("""
                select kind from unnest(:kinds) as kind
                 where exists (select from kernel.work w
                                where w.kind = kind.kind and w.due_at <= clock_timestamp()
                                  and (w.lease_until is null or w.lease_until < clock_timestamp()))
                """, row -> row.text("kind"), "kinds", kinds));
    }

    /** Takes up to {@code most} due items for {@code lease}; nobody else gets them before it ends. */
    public List<Item> take(Tx tx, String kind, int most, Duration lease) {
        return tx.query(
                """
                with due as materialized (
                  select kind, object from kernel.work
                   where kind = :kind and due_at <= clock_timestamp()
                     and (lease_until is null or lease_until < clock_timestamp())
                   order by due_at limit :most for update skip locked)
                update kernel.work w
                   set lease_until = clock_timestamp() + :millis * interval '1 millisecond', owner = :owner, attempt = w.attempt + 1
                  from due
                 where w.kind = due.kind and w.object = due.object
                returning w.object, w.generation, w.attempt
                """,
                row -> new Item(row.uuid("object"), row.number("generation"), row.integer("attempt")),
                "kind",
                kind,
                "most",
                most,
                "millis",
                lease.toMillis(),
                "owner",
                owner);
    }

    /** Takes items off the queue; those that were added again meanwhile stay and are due at once. */
    public void complete(Tx tx, String kind, Collection<Item> items) {
        if (items.isEmpty()) return;
        lock(tx, kind, items);
        int completed = tx.change(
                """
                delete from kernel.work w using unnest(:objects, :generations) as seen (object, generation)
                 where w.kind = :kind and w.object = seen.object and w.generation = seen.generation and w.owner = :owner
                """, "kind", kind, "owner", owner, "objects", objects(items), "generations", generations(items));
        if (completed < items.size()) release(tx, kind, items);
    }

    /** Gives items back to be looked at after {@code delay}; those that were added again or hurried meanwhile are due at once. */
    public void postpone(Tx tx, String kind, Collection<Item> items, Duration delay) {
        if (items.isEmpty()) return;
        lock(tx, kind, items);
        tx.change(
                """
                update kernel.work w
                   set due_at = clock_timestamp() + :millis * interval '1 millisecond', lease_until = null, owner = null
                  from unnest(:objects, :generations, :attempts) as seen (object, generation, attempt)
                 where w.kind = :kind and w.object = seen.object and w.generation = seen.generation
                   and w.attempt = seen.attempt and w.owner = :owner
                """,
                "kind",
                kind,
                "owner",
                owner,
                "millis",
                delay.toMillis(),
                "objects",
                objects(items),
                "generations",
                generations(items),
                "attempts",
                items.stream().map(Item::attempt).toList());
        release(tx, kind, items);
    }

    /**
     * Locks items until the end of {@code tx}, in order of object, as {@link #add} and {@link #hurry} do, so that nobody waits for
     * another in a circle. For who completes some of them and postpones others; each of these alone does it by itself.
     */
    public static void lock(Tx tx, String kind, Collection<Item> items) {
        if (items.isEmpty()) return;
        tx.query(
                "select object from kernel.work where kind = :kind and object = any(:objects) order by object for update",
                row -> row.uuid("object"),
                "kind",
                kind,
                "objects",
                objects(items));
    }

    private void release(Tx tx, String kind, Collection<Item> items) {
        int left = tx.change("""
                update kernel.work set lease_until = null, owner = null
                 where kind = :kind and owner = :owner and object = any(:objects)
                """, "kind", kind, "owner", owner, "objects", objects(items));
        if (left > 0) tx.hint(topic(kind));
    }

    private static List<UUID> objects(Collection<Item> items) {
        return items.stream().map(Item::object).toList();
    }

    private static List<Long> generations(Collection<Item> items) {
        return items.stream().map(Item::generation).toList();
    }
}
