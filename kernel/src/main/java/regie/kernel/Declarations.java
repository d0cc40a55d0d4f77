package regie.kernel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes what is declared equal to what is wanted, all of it or nothing. A plan is the same run in a transaction that is rolled
 * back, so that it says exactly what applying would say.
 */
public final class Declarations {
    private final Kinds kinds;
    private final Resources resources;
    private final Chance chance;
    private final Clock clock;

    public Declarations(Kinds kinds, Resources resources, Chance chance) {
        this(kinds, resources, chance, Clock.SYSTEM);
    }

    public Declarations(Kinds kinds, Resources resources, Chance chance, Clock clock) {
        this.kinds = kinds;
        this.resources = resources;
        this.chance = chance;
        this.clock = clock;
    }

    /**
     * Creates and changes; what {@code wanted} does not name stays as it is.
     *
     * @throws Refused with a {@link ResourceRefusal}, or a {@link ManifestRefusal} where a spec can't be declared any more
     */
    public Changes apply(Tx tx, List<Wanted> wanted) {
        return apply(tx, wanted, List.of()).changes();
    }

    /** @param there those that were to be kept from being deleted meanwhile, as far as they are there */
    public record Applied(Changes changes, Set<Key> there) {}

    /** As the other {@code apply}; until the end of {@code tx}, nobody can delete those of {@code needed} that are there. */
    public Applied apply(Tx tx, List<Wanted> wanted, Collection<Key> needed) {
        var now = clock.now();
        var byKind = new LinkedHashMap<Kind<?, ?>, List<Wanted>>();
        for (var one : wanted) {
            byKind.computeIfAbsent(kinds.get(one.key().kind()), _ -> new ArrayList<>())
                    .add(one);
        }
        var changes = new ArrayList<Changes.Change>();
        var drafts = new ArrayList<Draft<?>>();
        var others = new ArrayList<Runnable>();
        byKind.forEach((kind, ones) -> others.add(create(tx, kind, ones, changes, drafts)));
        var locked = References.lockNeeded(tx, kinds, wanted, needed);
        References.add(tx, kinds, drafts, locked);
        others.forEach(Runnable::run);
        admit(wanted, changes, now);
        return new Applied(new Changes(changes), Set.copyOf(locked.keySet()));
    }

    /**
     * Deletes; see {@link Resources#delete} for what waits for a loop.
     *
     * @throws Refused where one is not there or still needed
     */
    public Changes delete(Tx tx, Collection<Key> keys) {
        var changes = new ArrayList<Changes.Change>();
        var byKind = new LinkedHashMap<Kind<?, ?>, List<Declared<?, ?>>>();
        var there = there(tx, keys);
        for (var key : keys) {
            var kind = kinds.get(key.kind());
            var found = there.get(key);
            if (found == null) throw new ResourceRefusal.NotFound(key).asException();
            byKind.computeIfAbsent(kind, _ -> new ArrayList<>()).add(found);
            changes.add(new Changes.Change(Changes.Action.DELETE, key, found.generation(), List.of()));
        }
        for (var kind : kinds.all().reversed()) { // who needs goes before who is needed
            var ones = byKind.getOrDefault(kind, List.of());
            resources.delete(tx, kind, ones.stream().map(Declared::uid).toList());
        }
        return new Changes(changes);
    }

    private Map<Key, Declared<?, ?>> there(Tx tx, Collection<Key> keys) {
        var there = new HashMap<Key, Declared<?, ?>>();
        keys.stream()
                .collect(Collectors.groupingBy(Key::kind))
                .forEach((kind, ones) -> there.putAll(present(tx, kinds.get(kind), ones)));
        return there;
    }

    private <S extends Spec, T extends Status> Map<Key, Declared<S, T>> present(
            Tx tx, Kind<S, T> kind, List<Key> keys) {
        var found = new HashMap<Key, Declared<S, T>>();
        for (var declared : resources.named(tx, kind, keys)) found.put(declared.key(), declared);
        return found;
    }

    private static List<Key> keys(List<Wanted> ones) {
        return ones.stream().map(Wanted::key).toList();
    }

    /** @return what changes those that are there already, to be run when all that is new is written */
    @SuppressWarnings("unchecked") // Manifests read each spec as the class of its kind
    private <S extends Spec, T extends Status> Runnable create(
            Tx tx, Kind<S, T> kind, List<Wanted> ones, List<Changes.Change> changes, List<Draft<?>> all) {
        var present = present(tx, kind, keys(ones));
        var drafts = new ArrayList<Draft<S>>();
        for (var one : ones) {
            if (present.containsKey(one.key())) continue;
            drafts.add(new Draft<>(chance.uuid(), one.key(), Optional.empty(), one.labels(), (S) one.spec()));
            changes.add(new Changes.Change(
                    Changes.Action.CREATE,
                    one.key(),
                    0,
                    Differences.between(Optional.empty(), Optional.of(content(one.labels(), one.spec())))));
        }
        resources.createWithoutReferences(tx, kind, drafts);
        all.addAll(drafts);
        return () -> change(tx, kind, ones, present, changes);
    }

    @SuppressWarnings("unchecked") // as above
    private <S extends Spec, T extends Status> void change(
            Tx tx, Kind<S, T> kind, List<Wanted> ones, Map<Key, Declared<S, T>> present, List<Changes.Change> changes) {
        var replacements = new ArrayList<Resources.Replacement<S, T>>();
        for (var one : ones) {
            var now = present.get(one.key());
            if (now == null) continue; // it was created
            var differences = Differences.between(
                    Optional.of(content(now.labels(), now.spec())), Optional.of(content(one.labels(), one.spec())));
            if (differences.isEmpty()) {
                changes.add(new Changes.Change(Changes.Action.KEEP, one.key(), now.generation(), List.of()));
                continue;
            }
            if (now.deleting()) throw new ResourceRefusal.Deleting(now.key()).asException();
            replacements.add(new Resources.Replacement<>(now, one.labels(), (S) one.spec()));
            changes.add(new Changes.Change(Changes.Action.CHANGE, one.key(), now.generation(), differences));
        }
        resources.replace(tx, kind, replacements);
    }

    /** Only what is new or changed; all that is wrong at once. */
    private static void admit(List<Wanted> wanted, List<Changes.Change> changes, Instant now) {
        var touched = changes.stream()
                .filter(change -> change.action() != Changes.Action.KEEP)
                .map(Changes.Change::key)
                .collect(Collectors.toSet());
        var problems = new ArrayList<ManifestRefusal.Problem>();
        for (var one : wanted) {
            if (!touched.contains(one.key())) continue;
            try {
                one.spec().admit(now);
            } catch (BadField e) {
                var field = "spec." + e.field();
                var place = one.places().find(field).orElse(new Place(one.key().toString(), 1, 1));
                problems.add(new ManifestRefusal.Problem(place, field, String.valueOf(e.getMessage())));
            }
        }
        if (!problems.isEmpty()) throw new ManifestRefusal(problems).asException();
    }

    private static tools.jackson.databind.JsonNode content(Map<String, String> labels, Spec spec) {
        return Json.tree((Object) Map.of("labels", labels, "spec", spec));
    }
}
