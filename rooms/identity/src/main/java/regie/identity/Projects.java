package regie.identity;

import java.util.Collection;
import java.util.List;
import regie.kernel.Changes;
import regie.kernel.Declared;
import regie.kernel.Key;
import regie.kernel.Kind;
import regie.kernel.Kinds;
import regie.kernel.Refused;
import regie.kernel.Resources;
import regie.kernel.Selection;
import regie.kernel.Status;
import regie.kernel.Tx;

/** The kind Project, and what ties a project to what it holds. */
public final class Projects {
    public static final Kind<ProjectSpec, Status.None> KIND = Kind.plain(
                    "Project",
                    "projects",
                    Kind.Scope.ESTATE,
                    ProjectSpec.class,
                    "A team's part of the estate: its instances, fleets and keys, apart from everybody else's.")
            .column("title", project -> project.spec().title())
            .wideColumn("contact", project -> project.spec().contact())
            .ofProjects();

    private static final int SHOWN_MAX = 5;

    private Projects() {}

    /**
     * Makes sure that the projects are there, and stay until the end of {@code tx}.
     *
     * @throws Refused with {@link IdentityRefusal.NoSuchProject}
     */
    static void pin(Tx tx, Resources resources, Collection<String> projects) {
        var keys = projects.stream()
                .distinct()
                .map(name -> KIND.key("", name))
                .sorted()
                .toList();
        var found = resources.pin(tx, keys);
        for (var key : keys) {
            if (!found.contains(key)) throw new IdentityRefusal.NoSuchProject(key.name()).asException();
        }
    }

    /** The projects that {@code changes} put something into. */
    static List<String> touched(Kinds kinds, Changes changes) {
        return changes.changes().stream()
                .map(Changes.Change::key)
                .filter(key -> kinds.get(key.kind()).scope() == Kind.Scope.PROJECT)
                .map(Key::project)
                .distinct()
                .toList();
    }

    /**
     * Ends what hangs on a project that {@code tx} has just deleted. Whoever was putting something into it at the same
     * moment had the project pinned, so that is visible here; whoever comes later finds no project.
     *
     * @throws Refused with {@link IdentityRefusal.ProjectInUse}
     */
    static void close(Tx tx, Kinds kinds, Resources resources, Caller caller, String project) {
        var held = kinds.all().stream()
                .filter(kind -> kind.scope() == Kind.Scope.PROJECT)
                .flatMap(kind -> some(tx, resources, kind, project))
                .limit(SHOWN_MAX)
                .toList();
        if (!held.isEmpty()) throw new IdentityRefusal.ProjectInUse(project, held).asException();
        for (var token : TokenLedger.revokeOf(tx, project)) {
            Tokens.audit(tx, caller, "revoke", token.name(), token.uid());
        }
    }

    private static java.util.stream.Stream<Key> some(Tx tx, Resources resources, Kind<?, ?> kind, String project) {
        var first = Selection.ALL.inProject(project).page(java.util.Optional.empty(), SHOWN_MAX);
        return resources.list(tx, kind, first).stream().map(Declared::key);
    }
}
