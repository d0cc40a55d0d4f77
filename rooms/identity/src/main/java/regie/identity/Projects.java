package regie.identity;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import regie.kernel.Declared;
import regie.kernel.Key;
import regie.kernel.Kind;
import regie.kernel.Kinds;
import regie.kernel.Refused;
import regie.kernel.Resources;
import regie.kernel.Selection;
import regie.kernel.Status;
import regie.kernel.Tx;
import regie.kernel.Wanted;

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
        mustBeThere(keys, resources.pin(tx, keys));
    }

    /** @throws Refused with {@link IdentityRefusal.NoSuchProject} for the first of {@code projects} that is not {@code there} */
    static void mustBeThere(List<Key> projects, Set<Key> there) {
        for (var key : projects) {
            if (!there.contains(key)) throw new IdentityRefusal.NoSuchProject(key.name()).asException();
        }
    }

    /** The projects that {@code wanted} stands in. */
    static List<Key> touched(Kinds kinds, List<Wanted> wanted) {
        return wanted.stream()
                .map(Wanted::key)
                .filter(key -> kinds.get(key.kind()).scope() == Kind.Scope.PROJECT)
                .map(key -> KIND.key("", key.project()))
                .distinct()
                .sorted()
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
