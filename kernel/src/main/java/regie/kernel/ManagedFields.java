package regie.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.type.TypeReference;

/**
 * Who holds which fields of a resource: each manager those that he applied last. Several may hold one, as long as they want the
 * same of it.
 *
 * @param byManager JSON pointers such as {@code /spec/count}, by the manager's name
 */
public record ManagedFields(SortedMap<String, SortedSet<String>> byManager) {
    public static final ManagedFields NONE = new ManagedFields(new TreeMap<>());

    private record Managed(UUID uid, Key key, ManagedFields fields) {}

    /** A field and one who holds it. */
    public record Held(String field, String manager) {}

    static ManagedFields of(Tx tx, UUID uid) {
        return tx.first(
                        "select managed from kernel.resource where uid = :uid",
                        row -> row.maybeText("managed"),
                        "uid",
                        uid)
                .flatMap(text -> text)
                .map(ManagedFields::read)
                .orElse(NONE);
    }

    void write(Tx tx, UUID uid) {
        tx.change(
                "update kernel.resource set managed = :managed::jsonb where uid = :uid",
                "managed",
                Json.write(byManager),
                "uid",
                uid);
    }

    /** Gives {@code manager} the held fields that {@code changes} changed: who wrote them without regard to who held them. */
    static void changed(Tx tx, String manager, Changes changes) {
        var changed = new TreeMap<Key, List<Changes.Difference>>();
        for (var change : changes.changes())
            if (change.action() == Changes.Action.CHANGE) changed.put(change.key(), change.differences());
        if (changed.isEmpty()) return;
        var keys = List.copyOf(changed.keySet());
        tx.query(
                        """
                        select uid, kind, project, name, managed from kernel.resource
                         where managed is not null
                           and (kind, project, name) in (select * from unnest(:kinds, :projects, :names))
                        """,
                        row -> new Managed(
                                row.uuid("uid"),
                                new Key(row.text("kind"), row.text("project"), row.text("name")),
                                read(row.text("managed"))),
                        "kinds",
                        keys.stream().map(Key::kind).toList(),
                        "projects",
                        keys.stream().map(Key::project).toList(),
                        "names",
                        keys.stream().map(Key::name).toList())
                .forEach(each -> each.fields()
                        .taken(manager, Check.present(changed.get(each.key())))
                        .ifPresent(now -> now.write(tx, each.uid())));
    }

    private static ManagedFields read(String json) {
        return new ManagedFields(
                Json.MAPPER.readValue(json, new TypeReference<TreeMap<String, SortedSet<String>>>() {}));
    }

    /** Those held by others than {@code manager} that are {@code field}, lie in it, or have it in them. */
    List<Held> others(String manager, String field) {
        return byManager.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(manager))
                .flatMap(entry -> entry.getValue().stream()
                        .filter(held -> overlap(held, field))
                        .map(held -> new Held(held, entry.getKey())))
                .toList();
    }

    /** What {@code manager} holds and no longer wants, and nobody else holds. */
    List<String> givenUp(String manager, Collection<String> wanted) {
        return byManager.getOrDefault(manager, new TreeSet<>()).stream()
                .filter(held -> wanted.stream().noneMatch(field -> overlap(held, field)))
                .filter(held -> others(manager, held).isEmpty())
                .toList();
    }

    /** {@code manager} holds {@code wanted} and nothing else; {@code lost} are held by nobody else. */
    ManagedFields with(String manager, Collection<String> wanted, Collection<Held> lost) {
        var after = copy();
        lost.forEach(held -> after.getOrDefault(held.manager(), new TreeSet<>()).remove(held.field()));
        after.put(manager, new TreeSet<>(wanted));
        after.values().removeIf(Collection::isEmpty);
        return new ManagedFields(after);
    }

    private Optional<ManagedFields> taken(String manager, List<Changes.Difference> differences) {
        var after = copy();
        var own = after.computeIfAbsent(manager, _ -> new TreeSet<>());
        boolean some = false;
        for (var entry : byManager.entrySet()) {
            if (entry.getKey().equals(manager)) continue;
            for (var held : entry.getValue()) {
                var dotted = String.join(".", steps(held));
                if (differences.stream().noneMatch(each -> overlap(dotted, each.field(), '.'))) continue;
                Check.present(after.get(entry.getKey())).remove(held);
                own.add(held);
                some = true;
            }
        }
        after.values().removeIf(Collection::isEmpty);
        return some ? Optional.of(new ManagedFields(after)) : Optional.empty();
    }

    private TreeMap<String, SortedSet<String>> copy() {
        var copy = new TreeMap<String, SortedSet<String>>();
        byManager.forEach((manager, fields) -> copy.put(manager, new TreeSet<>(fields)));
        return copy;
    }

    /** The names on the way to a field. */
    static List<String> steps(String field) {
        var steps = new ArrayList<String>();
        for (var at = JsonPointer.compile(field); !at.matches(); at = at.tail()) steps.add(at.getMatchingProperty());
        return steps;
    }

    private static boolean overlap(String one, String other) {
        return overlap(one, other, '/');
    }

    private static boolean overlap(String one, String other, char between) {
        return one.equals(other) || one.startsWith(other + between) || other.startsWith(one + between);
    }
}
