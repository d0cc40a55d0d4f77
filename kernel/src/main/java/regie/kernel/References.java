package regie.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Who needs whom: the only place that reads and writes {@code kernel.reference}. */
final class References {
    private static final int SHOWN_MAX = 10;
    private static final int NAMES_MAX = 1000;
    private static final Place NOWHERE = new Place("", 0, 0);

    private References() {}

    private record Link(Draft<?> from, Spec.Reference reference, Key to) {}

    /** Writes anew what each of {@code drafts} refers to. The rows referred to are locked, so that none is deleted meanwhile. */
    static void replace(Tx tx, Kinds kinds, List<? extends Draft<?>> drafts) {
        if (drafts.isEmpty()) return;
        drop(tx, drafts.stream().map(Draft::uid).toList());
        add(tx, kinds, drafts);
    }

    /** As {@link #replace}, of what refers to nothing yet. */
    static void add(Tx tx, Kinds kinds, List<? extends Draft<?>> drafts) {
        add(tx, kinds, drafts, Map.of());
    }

    /** @param locked of what is referred to, those that {@code tx} has locked already */
    static void add(Tx tx, Kinds kinds, List<? extends Draft<?>> drafts, Map<Key, UUID> locked) {
        var links = new ArrayList<Link>();
        for (var draft : drafts) {
            for (var reference : draft.spec().references()) {
                var to = kinds.get(reference.kind()).key(draft.key().project(), reference.name());
                links.add(new Link(draft, reference, to));
            }
        }
        if (links.isEmpty()) return;
        var found = new HashMap<>(locked);
        found.putAll(lock(
                tx,
                links.stream()
                        .map(Link::to)
                        .filter(to -> !locked.containsKey(to))
                        .toList()));
        for (var link : links) {
            if (!found.containsKey(link.to())) {
                var missing = new ResourceRefusal.Missing(
                        Optional.empty(), link.from().key(), link.reference().field(), link.to(), "");
                throw new ResourceRefusal.MissingReference(List.of(missing)).asException();
            }
        }
        tx.change(
                """
                insert into kernel.reference (from_uid, field, to_uid)
                select * from unnest(:froms, :fields, :tos) on conflict do nothing
                """,
                "froms",
                links.stream().map(link -> link.from().uid()).toList(),
                "fields",
                links.stream().map(link -> link.reference().field()).toList(),
                "tos",
                links.stream().map(link -> found.get(link.to())).toList());
    }

    /**
     * Refuses where something that {@code wanted} refers to is not there, with all of them and the places they are named at.
     * What is wanted itself has to be written before.
     *
     * @param also what else is to be locked, where it is there
     * @return all of it, locked against deletion
     */
    static Map<Key, UUID> lockNeeded(Tx tx, Kinds kinds, List<Wanted> wanted, Collection<Key> also) {
        var missing = new LinkedHashMap<Object, ResourceRefusal.Missing>();
        var named = new LinkedHashSet<Key>();
        for (var one : wanted) {
            for (var reference : one.spec().references()) named.add(target(kinds, one, reference));
        }
        var needed = new LinkedHashSet<>(named);
        needed.addAll(also);
        var locked = lock(tx, List.copyOf(needed));
        var there = locked.keySet();
        if (there.containsAll(named)) return locked;
        for (var one : wanted) {
            for (var reference : one.spec().references()) {
                var to = target(kinds, one, reference);
                if (there.contains(to) || missing.size() == ResourceRefusal.MissingReference.SHOWN_MAX) continue;
                var place = one.places().find("spec." + reference.field());
                var hint = Nearest.meant(to.name(), names(tx, to));
                // of a range of names, the first alone: they stand in one line
                missing.putIfAbsent(
                        place.isPresent() ? Map.entry(place, to) : Map.entry(one.key(), reference),
                        new ResourceRefusal.Missing(place, one.key(), reference.field(), to, hint));
            }
        }
        throw new ResourceRefusal.MissingReference(missing.values().stream()
                        .sorted(Comparator.comparing(each -> each.place().orElse(NOWHERE)))
                        .toList())
                .asException();
    }

    private static Key target(Kinds kinds, Wanted from, Spec.Reference reference) {
        return kinds.get(reference.kind()).key(from.key().project(), reference.name());
    }

    private static List<String> names(Tx tx, Key like) {
        return tx.query(
                """
                select name from kernel.resource where kind = :kind and project = :project and deleting_at is null
                 order by name limit :most
                """, row -> row.text("name"), "kind", like.kind(), "project", like.project(), "most", NAMES_MAX);
    }

    /** Locks against deletion those of {@code keys} that are there. */
    static Map<Key, UUID> lock(Tx tx, List<Key> keys) {
        if (keys.isEmpty()) return Map.of();
        var distinct = List.copyOf(new LinkedHashSet<>(keys));
        var found = new HashMap<Key, UUID>();
        tx.query(
                        """
                        select kind, project, name, uid from kernel.resource
                         where (kind, project, name) in (select * from unnest(:kinds, :projects, :names)) and deleting_at is null
                         order by uid for key share
                        """,
                        row -> Map.entry(
                                new Key(row.text("kind"), row.text("project"), row.text("name")), row.uuid("uid")),
                        "kinds",
                        distinct.stream().map(Key::kind).toList(),
                        "projects",
                        distinct.stream().map(Key::project).toList(),
                        "names",
                        distinct.stream().map(Key::name).toList())
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    /** What {@code uids} refer to is no longer needed by them. */
    static void drop(Tx tx, Collection<UUID> uids) {
        tx.change("delete from kernel.reference where from_uid = any(:uids)", "uids", uids);
    }

    /** Locks {@code uids} against all change, new references and new resources of theirs included. */
    static void lock(Tx tx, Collection<UUID> uids) {
        tx.query(
                "select uid from kernel.resource where uid = any(:uids) order by uid for update",
                row -> row.uuid("uid"),
                "uids",
                uids);
    }

    /** Refuses where a reference from outside of {@code uids}, which have to be locked, is there. */
    static void refuseIfNeeded(Tx tx, Collection<UUID> uids) {
        var needed = tx.query(
                """
                select needed.kind, needed.project, needed.name,
                       by.kind as by_kind, by.project as by_project, by.name as by_name
                  from kernel.reference r
                  join kernel.resource needed on needed.uid = r.to_uid
                  join kernel.resource by on by.uid = r.from_uid
                 where r.to_uid = any(:uids) and not r.from_uid = any(:uids)
                 order by needed.kind, needed.name, by.kind, by.project, by.name limit :most
                """,
                row -> Map.entry(
                        new Key(row.text("kind"), row.text("project"), row.text("name")),
                        new Key(row.text("by_kind"), row.text("by_project"), row.text("by_name"))),
                "uids",
                uids,
                "most",
                SHOWN_MAX);
        if (needed.isEmpty()) return;
        var first = needed.getFirst().getKey();
        var by = needed.stream()
                .filter(pair -> pair.getKey().equals(first))
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
        throw new ResourceRefusal.StillNeeded(first, by).asException();
    }
}
