package regie.identity;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import regie.kernel.ChangeLog;
import regie.kernel.Database;
import regie.kernel.Declared;
import regie.kernel.Explanation;
import regie.kernel.FieldApply;
import regie.kernel.Key;
import regie.kernel.Kind;
import regie.kernel.Kinds;
import regie.kernel.ManagedFields;
import regie.kernel.Refused;
import regie.kernel.Relation;
import regie.kernel.Resources;
import regie.kernel.Selection;
import regie.kernel.Spec;
import regie.kernel.Status;
import regie.kernel.Tx;

/** What is declared, as far as the caller may look. {@link Desk} is for those who change it. */
public final class Register {
    private final Database database;
    private final Kinds kinds;
    private final Resources resources;
    private final Access access;

    public Register(Database database, Kinds kinds, Resources resources, Access access) {
        this.database = database;
        this.kinds = kinds;
        this.resources = resources;
        this.access = access;
    }

    /**
     * Some resources, in the order that was asked for.
     *
     * @param more whether there are others behind the last one
     * @param which what was asked for, narrowed to what the caller may see
     * @param position from which a watch goes on so that, with this list, nothing is missed
     */
    public record Page<S extends Spec, T extends Status>(
            List<Declared<S, T>> items, boolean more, Selection which, ChangeLog.Position position) {}

    /** Which changes to watch; what is empty is not narrowed. */
    public record Watch(Optional<Kind<?, ?>> kind, Optional<String> project, Optional<String> name) {}

    /** @throws Refused with {@link IdentityRefusal.Forbidden} or {@link regie.kernel.ResourceRefusal.NotFound} */
    public Declared<?, ?> get(Caller caller, Key key) {
        access.check(caller, Access.Verb.READ, key);
        return database.read(tx -> resources.get(tx, kinds.get(key.kind()), key));
    }

    /** @throws Refused with {@link IdentityRefusal.Forbidden} where the figures of the process are not for {@code caller} */
    public void checkFigures(Caller caller) {
        access.check(caller, Access.Verb.READ, Access.Ground.FIGURES);
    }

    /** Who holds which of its fields. */
    public ManagedFields managed(Caller caller, Key key) {
        access.check(caller, Access.Verb.READ, key);
        return database.read(tx -> FieldApply.fields(tx, resources.get(tx, kinds.get(key.kind()), key)));
    }

    /** Why the resource is as it is. */
    public Explanation explain(Caller caller, Key key) {
        access.check(caller, Access.Verb.READ, key);
        return database.read(tx -> Explanation.of(tx, resources.get(tx, kinds.get(key.kind()), key)));
    }

    /**
     * Reads as much as {@code work} wants, all of one moment, for a question that spans the whole estate and all projects.
     *
     * @throws Refused with {@link IdentityRefusal.Forbidden} for whoever may not see all of it
     */
    public <R> R survey(Caller caller, Function<Tx, R> work) {
        access.check(caller, Access.Verb.READ, Access.Ground.ESTATE);
        return database.snapshot(work);
    }

    /**
     * A page of one kind. A member who names no project gets the list of his own.
     *
     * @throws Refused with {@link IdentityRefusal.Forbidden}
     */
    public <S extends Spec, T extends Status> Page<S, T> list(Caller caller, Kind<S, T> kind, Selection which) {
        if (kind.name().equals(Projects.KIND.name()) && caller.project().isPresent()) return own(caller, kind);
        boolean whole = kind.scope() == Kind.Scope.PROJECT && which.project().isEmpty();
        var narrowed = whole ? caller.project().map(which::inProject).orElse(which) : which;
        access.checkList(caller, kind, narrowed.project().orElse(""));
        return database.read(tx -> {
            var position = ChangeLog.end(tx);
            var found = resources.list(tx, kind, narrowed.page(narrowed.after(), narrowed.most() + 1));
            boolean more = found.size() > narrowed.most();
            return new Page<>(more ? found.subList(0, narrowed.most()) : found, more, narrowed, position);
        });
    }

    /**
     * The relatives of {@code uids} that the caller may see.
     *
     * @param most of each one's at most so many
     */
    public Map<UUID, List<Relation.Related>> related(
            Caller caller, Relation relation, Collection<UUID> uids, int most) {
        var found = database.read(tx -> relation.of(tx, kinds, resources, uids, most));
        found.replaceAll((_, related) -> related.stream()
                .filter(each ->
                        access.allows(caller, Access.Verb.READ, each.resource().key()))
                .toList());
        return found;
    }

    /**
     * Which changes {@code caller} gets to see of those asked for.
     *
     * @throws Refused with {@link IdentityRefusal.Forbidden} where that can be none
     */
    public Predicate<ChangeLog.Change> watch(Caller caller, Watch which) {
        which.kind().ifPresent(kind -> {
            if (kind.scope() == Kind.Scope.ESTATE && which.name().isPresent()) {
                access.check(caller, Access.Verb.READ, kind.key("", which.name().get()));
            } else if (kind.scope() == Kind.Scope.ESTATE || which.project().isPresent()) {
                access.checkList(caller, kind, which.project().orElse(""));
            }
        });
        return change -> which.kind()
                        .map(Kind::name)
                        .filter(name -> !name.equals(change.key().kind()))
                        .isEmpty()
                && which.project()
                        .filter(project -> !project.equals(change.key().project()))
                        .isEmpty()
                && which.name()
                        .filter(name -> !name.equals(change.key().name()))
                        .isEmpty()
                && kinds.named(change.key().kind()).isPresent()
                && access.allows(caller, Access.Verb.READ, change.key());
    }

    /** From where on the log is whole: whoever wants to go on from before that has to list anew. */
    public boolean canGoOnFrom(ChangeLog.Position position) {
        return database.read(
                tx -> position.compareTo(ChangeLog.oldest(tx)) >= 0 && position.compareTo(ChangeLog.end(tx)) <= 0);
    }

    private <S extends Spec, T extends Status> Page<S, T> own(Caller caller, Kind<S, T> kind) {
        return database.read(tx -> {
            var position = ChangeLog.end(tx);
            var key = kind.key("", caller.project().orElseThrow());
            return new Page<>(resources.find(tx, kind, key).stream().toList(), false, Selection.ALL, position);
        });
    }
}
