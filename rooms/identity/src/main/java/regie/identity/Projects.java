package regie.identity;

import regie.kernel.Kind;
import regie.kernel.Status;

/** The kind Project. */
public final class Projects {
    public static final Kind<ProjectSpec, Status.None> PROJECT = Kind.plain(
                    "Project",
                    "projects",
                    Kind.Scope.ESTATE,
                    ProjectSpec.class,
                    "A team's part of the estate: its instances, fleets and keys, apart from everybody else's.")
            .column("title", project -> project.spec().title())
            .wideColumn("contact", project -> project.spec().contact());

    private Projects() {}
}
