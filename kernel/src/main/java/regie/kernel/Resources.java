package regie.kernel;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The store of everything declared. Each change lands in the {@link ChangeLog} and on the work queue in the same transaction. */
public final class Resources {
    /** Of no more than so many that are written at once, {@link #changed} need not read any again. */
    public static final int KNOWN_MAX = 64;

    private final Kinds kinds;

    public Resources(Kinds kinds) {
        this.kinds = kinds;
    }

    public <S extends Spec, T extends Status> Optional<Declared<S, T>> find(Tx tx, Kind<S, T> kind, Key key) {
        return tx.first(
                ResourceSql.SELECT + " where kind = :kind and project = :project and name = :name",
                row -> ResourceSql.declared(kind, row),
                "kind",
                kind.name(),
                "project",
                key.project(),
                "name",
                key.name());
    }

    /** @throws Refused with {@link ResourceRefusal.NotFound} */
    public <S extends Spec, T extends Status> Declared<S, T> get(Tx tx, Kind<S, T> kind, Key key) {
        return find(tx, kind, key).orElseThrow(() -> new ResourceRefusal.NotFound(key).asException());
    }

    /** As {@link #get}, of what {@code tx} may have changed: then it need not be read again. */
    public <S extends Spec, T extends Status> Declared<S, T> changed(Tx tx, Kind<S, T> kind, Key key) {
        var last = tx.written().reversed().stream()
                .filter(written -> written.key().equals(key))
                .findFirst();
        var body = last.flatMap(ChangeLog.Written::body);
        return body.isPresent() ? ResourceSql.declared(kind, key, body.get()) : get(tx, kind, key);
    }

    /** Those of {@code uids} that exist, and are of this kind, in no order. */
    public <S extends Spec, T extends Status> List<Declared<S, T>> byUid(
            Tx tx, Kind<S, T> kind, Collection<UUID> uids) {
        if (uids.isEmpty()) return List.of();
        // The kind is asked of each row: as a condition it would offer an index that is fast only while there are few
        // of them.
        return tx
                .query(
                        ResourceSql.SELECT + " where uid = any(:uids)",
                        row -> row.text("kind").equals(kind.name())
                                ? Optional.of(ResourceSql.declared(kind, row))
                                : Optional.<Declared<S, T>>empty(),
                        "uids",
                        uids)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** All that was made by one of {@code owners}, in no order. */
    public <S extends Spec, T extends Status> List<Declared<S, T>> ownedBy(
            Tx tx, Kind<S, T> kind, Collection<UUID> owners) {
        if (owners.isEmpty()) return List.of();
        return tx.query(
                ResourceSql.SELECT + " where kind = :kind and owner = any(:owners)",
                row -> ResourceSql.declared(kind, row),
                "kind",
                kind.name(),
                "owners",
                owners);
    }

    /** Those of {@code keys} that exist, in no order. */
    public <S extends Spec, T extends Status> List<Declared<S, T>> named(Tx tx, Kind<S, T> kind, Collection<Key> keys) {
        if (keys.isEmpty()) return List.of();
        var distinct = List.copyOf(new LinkedHashSet<>(keys));
        return tx.query(
                ResourceSql.NAMED,
                row -> ResourceSql.declared(kind, row),
                "kind",
                kind.name(),
                "projects",
                distinct.stream().map(Key::project).toList(),
                "names",
                distinct.stream().map(Key::name).toList());
    }

    /** Those of {@code keys} that exist and are not being deleted; until the end of {@code tx} nobody can delete them. */
    public Set<Key> pin(Tx tx, Collection<Key> keys) {
        if (keys.isEmpty()) return Set.of();
        return References.lock(tx, List.copyOf(keys)).keySet();
    }

    public <S extends Spec, T extends Status> List<Declared<S, T>> list(Tx tx, Kind<S, T> kind, Selection which) {
        var list = new ListSql(kind, which);
        return tx.query(list.text(), row -> ResourceSql.declared(kind, row), list.parameters());
    }

    /**
     * Declares all of {@code drafts}, in a fixed number of statements however many they are. They may refer to each other.
     *
     * @throws Refused with {@link ResourceRefusal.AlreadyThere} or {@link ResourceRefusal.MissingReference}
     */
    public <S extends Spec, T extends Status> void create(Tx tx, Kind<S, T> kind, List<Draft<S>> drafts) {
        createWithoutReferences(tx, kind, drafts);
        References.add(tx, kinds, drafts);
    }

    /** The first half of {@link #create}, for a manifest whose resources refer to each other in any order. */
    <S extends Spec, T extends Status> void createWithoutReferences(Tx tx, Kind<S, T> kind, List<Draft<S>> drafts) {
        if (drafts.isEmpty()) return;
        var created = uids(ResourceSql.write(
                tx,
                ResourceSql.INSERT,
                drafts.size() <= KNOWN_MAX,
                "uids",
                drafts.stream().map(Draft::uid).toList(),
                "projects",
                drafts.stream().map(draft -> draft.key().project()).toList(),
                "names",
                drafts.stream().map(draft -> draft.key().name()).toList(),
                "owners",
                drafts.stream().map(Draft::owner).toList(),
                "labels",
                drafts.stream().map(draft -> Json.write(draft.labels())).toList(),
                "specs",
                drafts.stream().map(draft -> Json.write(draft.spec())).toList(),
                "kind",
                kind.name(),
                "status",
                Json.write(kind.fresh()),
                "actor",
                tx.actor().name()));
        for (var draft : drafts) {
            if (!created.contains(draft.uid())) throw new ResourceRefusal.AlreadyThere(draft.key()).asException();
        }
        wake(tx, kind, drafts.stream().map(Draft::uid).toList(), drafts.stream().map(Draft::owner));
    }

    /**
     * Gives a resource a new spec and labels; its generation grows.
     *
     * @param seen as it was read; where its generation has moved on since, nothing is changed
     * @throws Refused with {@link ResourceRefusal.Stale}, {@link ResourceRefusal.Deleting} or {@link ResourceRefusal.MissingReference}
     */
    public <S extends Spec, T extends Status> Declared<S, T> replace(
            Tx tx, Kind<S, T> kind, Declared<S, T> seen, Map<String, String> labels, S spec) {
        replace(tx, kind, List.of(new Replacement<>(seen, labels, spec)));
        return get(tx, kind, seen.key());
    }

    /** @param seen as it was read; where its generation has moved on since, nothing is changed */
    public record Replacement<S extends Spec, T extends Status>(
            Declared<S, T> seen, Map<String, String> labels, S spec) {
        /** What it needs is there, for as long as it is needed. */
        boolean refersAsBefore() {
            return spec.references().equals(seen.spec().references());
        }
    }

    /** As the other {@code replace}, of many in a fixed number of statements; all or nothing. */
    public <S extends Spec, T extends Status> void replace(
            Tx tx, Kind<S, T> kind, List<Replacement<S, T>> replacements) {
        if (replacements.isEmpty()) return;
        var changed = uids(ResourceSql.write(
                tx,
                ResourceSql.REPLACE,
                replacements.size() <= KNOWN_MAX,
                "uids",
                replacements.stream().map(each -> each.seen().uid()).toList(),
                "generations",
                replacements.stream().map(each -> each.seen().generation()).toList(),
                "labels",
                replacements.stream().map(each -> Json.write(each.labels())).toList(),
                "specs",
                replacements.stream().map(each -> Json.write(each.spec())).toList(),
                "actor",
                tx.actor().name()));
        for (var each : replacements) {
            if (!changed.contains(each.seen().uid())) throw moved(tx, kind, each.seen());
        }
        References.replace(
                tx,
                kinds,
                replacements.stream()
                        .filter(each -> !each.refersAsBefore())
                        .map(each -> new Draft<>(
                                each.seen().uid(),
                                each.seen().key(),
                                each.seen().owner(),
                                each.labels(),
                                each.spec()))
                        .toList());
        wake(tx, kind, changed, replacements.stream().map(each -> each.seen().owner()));
        Concerned.wake(tx, kinds, kind, changed);
    }

    private Refused moved(Tx tx, Kind<?, ?> kind, Declared<?, ?> seen) {
        Optional<? extends Declared<?, ?>> now = find(tx, kind, seen.key());
        if (now.filter(Declared::deleting).isPresent()) return new ResourceRefusal.Deleting(seen.key()).asException();
        long current = now.map(Declared::generation).orElse(0L);
        return new ResourceRefusal.Stale(seen.key(), seen.generation(), current).asException();
    }

    /** Writes what was seen or done. Where a status is as it was, nothing happens: no revision, no event. */
    public <S extends Spec, T extends Status> void report(Tx tx, Kind<S, T> kind, Map<UUID, T> statuses) {
        if (statuses.isEmpty()) return;
        var uids = List.copyOf(statuses.keySet());
        var changed = ResourceSql.write(
                tx,
                ResourceSql.REPORT,
                false,
                "uids",
                uids,
                "statuses",
                uids.stream()
                        .map(uid -> Json.write(Check.present(statuses.get(uid))))
                        .toList(),
                "actor",
                tx.actor().name());
        wakeOwners(tx, changed.stream().map(ChangeLog.Written::owner));
        if (!changed.isEmpty()) tx.hint(ChangeLog.TOPIC);
    }

    /**
     * Takes resources down: at once where their kind has no work to finish, else by marking them for their loop, and with
     * them all that they own. Marking one twice changes nothing.
     *
     * @throws Refused with {@link ResourceRefusal.StillNeeded} where another resource refers to one that would go at once
     */
    public void delete(Tx tx, Kind<?, ?> kind, Collection<UUID> uids) {
        if (uids.isEmpty()) return;
        References.lock(tx, uids);
        deleteOwned(tx, kind, uids);
        if (!kind.finalises()) {
            remove(tx, kind, uids);
            return;
        }
        References.refuseIfNeeded(tx, uids);
        var marked = ResourceSql.write(
                tx, ResourceSql.MARK, false, "uids", uids, "actor", tx.actor().name());
        wake(tx, kind, uids(marked), marked.stream().map(ChangeLog.Written::owner));
    }

    private void deleteOwned(Tx tx, Kind<?, ?> kind, Collection<UUID> owners) {
        var owned = tx
                .query(
                        "select kind, uid from kernel.resource where owner = any(:owners)",
                        row -> Map.entry(row.text("kind"), row.uuid("uid")),
                        "owners",
                        owners)
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, TreeMap::new, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        owned.forEach((name, uids) -> {
            var its = kinds.get(name);
            Check.that(kind.finalises() || !its.finalises(), "a %s waits for its %s".formatted(kind.name(), name));
            delete(tx, its, uids);
        });
    }

    /** Ends the deletion of resources that {@link #delete} has marked, when their loop has nothing left to do for them. */
    public void finish(Tx tx, Kind<?, ?> kind, Collection<UUID> uids) {
        if (!uids.isEmpty()) remove(tx, kind, uids);
    }

    /** Puts resources on the queue of their kind, as a change of them would. */
    public void wake(Tx tx, Kind<?, ?> kind, Collection<UUID> uids) {
        if (uids.isEmpty()) return;
        var owners = tx.query(
                "select distinct owner from kernel.resource where uid = any(:uids) and owner is not null",
                row -> row.maybeUuid("owner"),
                "uids",
                uids);
        wake(tx, kind, uids, owners.stream());
    }

    private void wake(Tx tx, Kind<?, ?> kind, Collection<UUID> uids, Stream<Optional<UUID>> owners) {
        if (kind.work()) WorkQueue.add(tx, kind.name(), uids);
        wakeOwners(tx, owners);
        tx.hint(ChangeLog.TOPIC);
    }

    private void remove(Tx tx, Kind<?, ?> kind, Collection<UUID> uids) {
        References.lock(tx, uids);
        References.refuseIfNeeded(tx, uids);
        References.drop(tx, uids);
        var gone = ResourceSql.write(
                tx, ResourceSql.DELETE, false, "uids", uids, "actor", tx.actor().name());
        wakeOwners(tx, gone.stream().map(ChangeLog.Written::owner));
        WorkQueue.drop(tx, kind.name(), uids);
        tx.hint(ChangeLog.TOPIC);
    }

    private static Set<UUID> uids(Collection<ChangeLog.Written> written) {
        return written.stream().map(ChangeLog.Written::uid).collect(Collectors.toUnmodifiableSet());
    }

    private void wakeOwners(Tx tx, Stream<Optional<UUID>> owners) {
        var woken = owners.flatMap(Optional::stream)
                .filter(owner -> !tx.isHandled(owner))
                .distinct()
                .toList();
        if (woken.isEmpty()) return;
        var there = tx.query(
                "select kind, uid from kernel.resource where uid = any(:owners)",
                row -> Map.entry(row.text("kind"), row.uuid("uid")),
                "owners",
                woken);
        for (var owner : there) {
            if (kinds.get(owner.getKey()).work()) WorkQueue.add(tx, owner.getKey(), List.of(owner.getValue()));
        }
    }
}
