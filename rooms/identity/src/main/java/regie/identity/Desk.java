package regie.identity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import regie.kernel.Action;
import regie.kernel.Actions;
import regie.kernel.Changes;
import regie.kernel.Check;
import regie.kernel.Database;
import regie.kernel.Declarations;
import regie.kernel.Declared;
import regie.kernel.Documents;
import regie.kernel.FieldApply;
import regie.kernel.Gathering;
import regie.kernel.Key;
import regie.kernel.Kinds;
import regie.kernel.Manifests;
import regie.kernel.Refused;
import regie.kernel.ResourceRefusal;
import regie.kernel.Resources;
import regie.kernel.Spec;
import regie.kernel.Status;
import regie.kernel.Tx;
import regie.kernel.Wanted;

/**
 * Where everything to be declared is handed in: each call is allowed or refused, done, and written down in the audit trail, in
 * one transaction. {@link Register} is for those who only look.
 */
public final class Desk {
    private static final int TRIES_MAX = 5;

    /** Stands for the file's name in messages about what came in a request. */
    private static final String BODY = "body";

    /** For what leaves the fields of a spec as they are. */
    private static final Changes NO_FIELDS = new Changes(List.of());

    private final Database database;
    private final Kinds kinds;
    private final Resources resources;
    private final Declarations declarations;
    private final Manifests manifests;
    private final Actions actions;
    private final Access access;
    private final FieldApply fieldApply;
    private final Gathering<Puts.Put, Outcome> puts;

    public Desk(
            Database database,
            Kinds kinds,
            Resources resources,
            Declarations declarations,
            Manifests manifests,
            Actions actions,
            Access access) {
        this.database = database;
        this.kinds = kinds;
        this.resources = resources;
        this.declarations = declarations;
        this.manifests = manifests;
        this.actions = actions;
        this.access = access;
        this.fieldApply = new FieldApply(manifests);
        this.puts = Puts.gathering(this::put, this::put);
    }

    /** What a change of one resource came to. */
    public record Outcome(boolean created, Declared<?, ?> now) {}

    /** What {@link #apply} would do, and the number to hold it to. */
    public Changes plan(Caller caller, List<Wanted> wanted) {
        check(caller, wanted.stream().map(Wanted::key).toList());
        return database.rehearse(caller.actor(), tx -> applied(tx, wanted));
    }

    /**
     * Makes what is declared equal to {@code wanted}, all of it or nothing.
     *
     * @param number of a plan, which must still be what comes of it
     * @throws Refused with {@link IdentityRefusal.PlanStale}, {@link IdentityRefusal.NoSuchProject} or a {@link ResourceRefusal}
     */
    public Changes apply(Caller caller, List<Wanted> wanted, Optional<String> number) {
        check(caller, wanted.stream().map(Wanted::key).toList());
        return numbered(number, () -> audited(caller, "apply", tx -> expect(number, applied(tx, wanted))));
    }

    /** What {@link #delete} would do, and the number to hold it to. */
    public Changes planDelete(Caller caller, List<Key> keys) {
        check(caller, keys);
        return database.rehearse(caller.actor(), tx -> deleted(tx, caller, keys));
    }

    /** Deletes all or nothing; see {@link #apply} for {@code number}. */
    public Changes delete(Caller caller, List<Key> keys, Optional<String> number) {
        check(caller, keys);
        return numbered(number, () -> audited(caller, "delete", tx -> expect(number, deleted(tx, caller, keys))));
    }

    /**
     * Deletes one resource.
     *
     * @return the resource where it waits for a loop that takes it down; empty where it is gone
     */
    public Optional<Declared<?, ?>> delete(Caller caller, Key key, Condition condition) {
        access.check(caller, Access.Verb.WRITE, key);
        audited(caller, "delete", tx -> {
            var changes = deleted(tx, caller, List.of(key));
            condition.check(changes.changes().getFirst());
            return changes;
        });
        return database.read(
                tx -> resources.find(tx, kinds.get(key.kind()), key).map(Function.identity()));
    }

    /** Creates or replaces one resource; {@code text} holds its labels and spec. */
    public Outcome put(Caller caller, Key key, String text, Condition condition) {
        access.check(caller, Access.Verb.WRITE, key);
        var one = new Puts.Put(caller, manifests.body(kinds.get(key.kind()), key, BODY, text), condition);
        return database.isTogether() ? put(one) : puts.ask(one);
    }

    private Outcome put(Puts.Put one) {
        return change(one.caller(), "put", one.condition(), _ -> new Edited(one.wanted(), Condition.NONE));
    }

    /** In one transaction. @throws Refused where one of them is, with nothing done */
    private List<Outcome> put(List<Puts.Put> several) {
        var byKey = several.stream().collect(Collectors.toMap(Puts.Put::key, Function.identity()));
        return database.transact(several.getFirst().caller().actor(), tx -> {
            var changes = applied(tx, several.stream().map(Puts.Put::wanted).toList());
            for (var change : changes.changes())
                Check.present(byKey.get(change.key())).condition().check(change);
            AuditTrail.write(
                    tx, "put", changes, key -> Check.present(byKey.get(key)).caller());
            var done = byKey(changes);
            return several.stream()
                    .map(one -> outcome(tx, Check.present(done.get(one.key()))))
                    .toList();
        });
    }

    private Outcome outcome(Tx tx, Changes.Change change) {
        Declared<?, ?> now = resources.changed(tx, kinds.get(change.key().kind()), change.key());
        return new Outcome(change.action() == Changes.Action.CREATE, now);
    }

    /**
     * Creates or replaces several, all or none, each on its condition.
     *
     * @param conditions one for each of {@code wanted}, whose keys differ
     * @return a change for each, in the same order
     */
    List<Changes.Change> put(Caller caller, List<Wanted> wanted, List<Condition> conditions) {
        check(caller, wanted.stream().map(Wanted::key).toList());
        var changes = settled(
                conditions.stream().allMatch(each -> each.generation().isEmpty()),
                () -> audited(caller, "put", tx -> {
                    var done = applied(tx, wanted);
                    var byKey = byKey(done);
                    for (int at = 0; at < wanted.size(); at++)
                        conditions
                                .get(at)
                                .check(Check.present(byKey.get(wanted.get(at).key())));
                    return done;
                }));
        var byKey = byKey(changes);
        return wanted.stream().map(one -> Check.present(byKey.get(one.key()))).toList();
    }

    private static Map<Key, Changes.Change> byKey(Changes changes) {
        return changes.changes().stream().collect(Collectors.toMap(Changes.Change::key, Function.identity()));
    }

    /** Changes one resource by a merge patch (RFC 7396) of its labels and spec. */
    public Outcome patch(Caller caller, Key key, String text, Condition condition) {
        access.check(caller, Access.Verb.WRITE, key);
        var kind = kinds.get(key.kind());
        return change(caller, "patch", condition, tx -> {
            var now = resources.get(tx, kind, key);
            return new Edited(manifests.patch(kind, now, BODY, text), Condition.at(now.generation()));
        });
    }

    /**
     * Applies some fields of one resource in the name of a field manager, and creates it where it is not there; see
     * {@link FieldApply}.
     */
    public Outcome applyFields(Caller caller, Key key, FieldApply.Manager manager, String text, Condition condition) {
        access.check(caller, Access.Verb.WRITE, key);
        var kind = kinds.get(key.kind());
        return change(caller, "apply", condition, tx -> {
            var now = resources.find(tx, kind, key).<Declared<?, ?>>map(Function.identity());
            var base = now.map(there -> Condition.at(there.generation())).orElse(Condition.ABSENT);
            var applied = fieldApply.apply(tx, kind, key, now, manager, text);
            return new Edited(applied.wanted(), base, Optional.of(applied));
        });
    }

    /**
     * Does the action named {@code name}; {@code text} holds its input.
     *
     * @throws Refused with {@link IdentityRefusal.NoSuchAction}, or whatever the action says
     */
    public Outcome act(Caller caller, Key key, String name, String text, Condition condition) {
        access.check(caller, Access.Verb.WRITE, key);
        var kind = kinds.get(key.kind());
        var action = actions.find(kind, name).orElseThrow(() -> {
            var known = actions.of(kind).stream().map(Action::name).toList();
            return new IdentityRefusal.NoSuchAction(kind.name(), name, known).asException();
        });
        return act(caller, key, action, text, condition);
    }

    /**
     * Lets the caller use a resource in a way that changes nothing declared, such as its console, and writes that down.
     *
     * @param verb as it stands in the audit trail
     * @throws Refused with {@link IdentityRefusal.Forbidden} or {@link ResourceRefusal.NotFound}
     */
    public Declared<?, ?> use(Caller caller, Key key, String verb) {
        return use(caller, key, verb, (_, now) -> now);
    }

    /** As {@link #use(Caller, Key, String)}, with {@code work} in the same transaction. */
    public <R> R use(Caller caller, Key key, String verb, BiFunction<Tx, Declared<?, ?>, R> work) {
        access.check(caller, Access.Verb.WRITE, key);
        return database.transact(caller.actor(), tx -> {
            Declared<?, ?> now = resources.get(tx, kinds.get(key.kind()), key);
            AuditLedger.write(tx, caller, verb, List.of(new AuditLedger.Line(key, now.uid(), now.generation(), 0)));
            return work.apply(tx, now);
        });
    }

    /**
     * Lets the caller say how a resource does. Nothing declared changes and the audit trail keeps nothing of it: it may come every second.
     *
     * @throws Refused with {@link IdentityRefusal.Forbidden} or {@link ResourceRefusal.NotFound}
     */
    public <R> R report(Caller caller, Key key, BiFunction<Tx, Declared<?, ?>, R> work) {
        access.check(caller, Access.Verb.REPORT, key);
        return database.transact(caller.actor(), tx -> work.apply(tx, resources.get(tx, kinds.get(key.kind()), key)));
    }

    /** Does what {@code work} asks of any room, says what came of it, and undoes it: nothing is changed and nothing is audited. */
    public <R> R rehearse(Caller caller, Supplier<R> work) {
        return database.rehearseTogether(caller.actor(), _ -> work.get());
    }

    private <S extends Spec, T extends Status, I> Outcome act(
            Caller caller, Key key, Action<S, T, I> action, String text, Condition condition) {
        var input = Documents.read(action.input(), BODY, text);
        return change(caller, action.name(), condition, tx -> {
            var now = resources.get(tx, action.kind(), key);
            var wanted = Wanted.of(key, now.labels(), action.edit().apply(now, input));
            return new Edited(wanted, Condition.at(now.generation()));
        });
    }

    /** @throws Refused where {@code caller} may not change what {@code key} names: to be asked before work that takes long */
    public void checkWrite(Caller caller, Key key) {
        access.check(caller, Access.Verb.WRITE, key);
    }

    /** Does something to one resource that is no change of its spec, such as giving it content. */
    public <R> R record(Caller caller, String verb, Key key, Function<Tx, R> work) {
        access.check(caller, Access.Verb.WRITE, key);
        return database.transact(caller.actor(), tx -> {
            var result = work.apply(tx);
            AuditTrail.write(tx, caller, verb, NO_FIELDS);
            return result;
        });
    }

    /**
     * @param base what {@code wanted} was made from
     * @param fields where it was applied in the name of a manager
     */
    private record Edited(Wanted wanted, Condition base, Optional<FieldApply.Applied> fields) {
        Edited(Wanted wanted, Condition base) {
            this(wanted, base, Optional.empty());
        }
    }

    private Outcome change(Caller caller, String verb, Condition condition, Function<Tx, Edited> edit) {
        return settled(
                condition.generation().isEmpty(),
                () -> database.transact(caller.actor(), tx -> {
                    var edited = edit.apply(tx);
                    var changes = declared(tx, List.of(edited.wanted()));
                    if (edited.fields().isEmpty()) FieldApply.changed(tx, tx.actor(), changes);
                    var change = changes.changes().getFirst();
                    edited.base().check(change);
                    condition.check(change);
                    AuditTrail.write(tx, caller, verb, changes);
                    var outcome = outcome(tx, change);
                    edited.fields().ifPresent(applied -> applied.keep(tx, outcome.now()));
                    return outcome;
                }));
    }

    private Changes audited(Caller caller, String verb, Function<Tx, Changes> work) {
        return database.transact(caller.actor(), tx -> {
            var changes = work.apply(tx);
            AuditTrail.write(tx, caller, verb, changes);
            return changes;
        });
    }

    private Changes applied(Tx tx, List<Wanted> wanted) {
        var changes = declared(tx, wanted);
        FieldApply.changed(tx, tx.actor(), changes);
        return changes;
    }

    private Changes declared(Tx tx, List<Wanted> wanted) {
        var projects = Projects.touched(kinds, wanted);
        var applied = declarations.apply(tx, wanted, projects);
        Projects.mustBeThere(projects, applied.there());
        return applied.changes();
    }

    private Changes deleted(Tx tx, Caller caller, List<Key> keys) {
        var changes = declarations.delete(tx, keys);
        for (var key : keys) {
            if (key.kind().equals(Projects.KIND.name())) Projects.close(tx, kinds, resources, caller, key.name());
        }
        return changes;
    }

    private void check(Caller caller, List<Key> keys) {
        for (var key : keys) access.check(caller, Access.Verb.WRITE, key);
    }

    private static Changes expect(Optional<String> number, Changes changes) {
        if (number.isEmpty() || number.get().equals(changes.number())) return changes;
        throw new IdentityRefusal.PlanStale(number.get(), changes.number()).asException();
    }

    /** Where a number was given, any change of what is there makes it stale; without one, it is simply done on what is there now. */
    private static Changes numbered(Optional<String> number, Supplier<Changes> work) {
        try {
            return settled(number.isEmpty(), work);
        } catch (Refused e) {
            if (number.isEmpty() || !moved(e)) throw e;
            throw new IdentityRefusal.PlanStale(number.get(), "").asException();
        }
    }

    /** Runs {@code work} again where somebody else was faster, and the caller does not mind. */
    private static <R> R settled(boolean again, Supplier<R> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (Refused e) {
                if (!again || attempt == TRIES_MAX || !moved(e)) throw e;
            }
        }
    }

    private static boolean moved(Refused e) {
        return e.refusal() instanceof ResourceRefusal.Stale || e.refusal() instanceof ResourceRefusal.AlreadyThere;
    }
}
