package regie.identity;

import java.util.Map;
import java.util.Set;
import regie.kernel.Key;
import regie.kernel.Kind;
import regie.kernel.Kinds;
import regie.kernel.Refused;

/** Who may do what: the one table, and the questions that are asked of it. */
public final class Access {
    public enum Verb {
        READ,
        WRITE,
        /** To say how something does, which changes nothing that is declared. */
        REPORT
    }

    /** What something belongs to, as seen by who asks. */
    enum Ground {
        /** Kinds of the estate that are the operators' own: servers, racks, feeds, … */
        ESTATE,
        /** Kinds of the estate that members choose from: flavors, images, … and the member's own project. */
        CATALOGUE,
        OWN_PROJECT,
        OTHER_PROJECT,
        TOKENS,
        AUDIT_TRAIL,
        FIGURES
    }

    private static final Set<Verb> ALL = Set.of(Verb.READ, Verb.WRITE, Verb.REPORT);
    private static final Set<Verb> READ = Set.of(Verb.READ);
    private static final Set<Verb> REPORT = Set.of(Verb.REPORT);
    private static final Set<Verb> NOTHING = Set.of();

    private static final Map<Ground, Map<Role, Set<Verb>>> TABLE = Map.of(
            Ground.ESTATE, Map.of(Role.OPERATOR, ALL, Role.AUDITOR, READ, Role.MEMBER, NOTHING),
            Ground.CATALOGUE, Map.of(Role.OPERATOR, ALL, Role.AUDITOR, READ, Role.MEMBER, READ),
            Ground.OWN_PROJECT, Map.of(Role.OPERATOR, ALL, Role.AUDITOR, READ, Role.MEMBER, ALL, Role.REPORTER, REPORT),
            Ground.OTHER_PROJECT, Map.of(Role.OPERATOR, ALL, Role.AUDITOR, READ, Role.MEMBER, NOTHING),
            Ground.TOKENS, Map.of(Role.OPERATOR, ALL, Role.AUDITOR, READ, Role.MEMBER, NOTHING),
            Ground.AUDIT_TRAIL, Map.of(Role.OPERATOR, READ, Role.AUDITOR, READ, Role.MEMBER, NOTHING),
            Ground.FIGURES, Map.of(Role.OPERATOR, READ, Role.AUDITOR, READ, Role.MEMBER, NOTHING));

    private final Kinds kinds;
    private final Set<String> catalogue;

    /** @param catalogue names of the estate's kinds that members read */
    public Access(Kinds kinds, Set<String> catalogue) {
        this.kinds = kinds;
        this.catalogue = Set.copyOf(catalogue);
    }

    public boolean allows(Caller caller, Verb verb, Key key) {
        return allows(caller, verb, ground(caller, key));
    }

    /** @throws Refused with {@link IdentityRefusal.Forbidden} */
    void check(Caller caller, Verb verb, Key key) {
        if (!allows(caller, verb, key)) throw forbidden(caller, verb, key.toString());
    }

    /** @throws Refused with {@link IdentityRefusal.Forbidden} where {@code caller} may not see the kind as a whole */
    void checkList(Caller caller, Kind<?, ?> kind, String project) {
        if (!allows(caller, Verb.READ, ground(caller, kind.key(project, ""))))
            throw forbidden(caller, Verb.READ, project.isEmpty() ? kind.plural() : project + "/" + kind.plural());
    }

    /** @throws Refused with {@link IdentityRefusal.Forbidden} */
    void check(Caller caller, Verb verb, Ground ground) {
        if (!allows(caller, verb, ground)) {
            var what = switch (ground) {
                case TOKENS -> "tokens";
                case AUDIT_TRAIL -> "the audit trail";
                case FIGURES -> "the figures of this server";
                case ESTATE, CATALOGUE, OWN_PROJECT, OTHER_PROJECT -> "the whole estate";
            };
            throw forbidden(caller, verb, what);
        }
    }

    private static boolean allows(Caller caller, Verb verb, Ground ground) {
        return TABLE.getOrDefault(ground, Map.of())
                .getOrDefault(caller.role(), NOTHING)
                .contains(verb);
    }

    private Ground ground(Caller caller, Key key) {
        if (kinds.get(key.kind()).scope() == Kind.Scope.PROJECT) {
            return caller.project().filter(key.project()::equals).isPresent()
                    ? Ground.OWN_PROJECT
                    : Ground.OTHER_PROJECT;
        }
        boolean own = key.kind().equals(Projects.KIND.name())
                && caller.project().filter(key.name()::equals).isPresent();
        return own || catalogue.contains(key.kind()) ? Ground.CATALOGUE : Ground.ESTATE;
    }

    private static Refused forbidden(Caller caller, Verb verb, String what) {
        return new IdentityRefusal.Forbidden(caller.name(), caller.role(), verb, what).asException();
    }
}
