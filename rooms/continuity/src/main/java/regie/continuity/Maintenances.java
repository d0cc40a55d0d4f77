package regie.continuity;

import regie.kernel.Kind;
import regie.kernel.Kind.Scope;

/** The kind of maintenance. */
public final class Maintenances {
    public static final Kind<MaintenanceSpec, MaintenanceStatus> KIND = Kind.worked(
                    "Maintenance",
                    "maintenances",
                    Scope.ESTATE,
                    MaintenanceSpec.class,
                    MaintenanceStatus.class,
                    MaintenanceStatus.FRESH,
                    "Servers that are emptied, worked on and given back, few at a time.")
            .column("SCOPE", it -> it.spec().scope().words())
            .column("WORK", it -> it.spec().work())
            .column("PHASE", it -> it.status().phase())
            .column("DONE", it -> it.status().finished() + "/" + it.status().servers())
            .column(
                    "OUT",
                    it -> it.status().hosts().stream()
                            .filter(host -> host.stage().out())
                            .map(MaintenanceStatus.Server::name)
                            .toList())
            .wideColumn("AT ONCE", it -> it.spec().atOnce())
            .wideColumn("LONGEST DOWNTIME MS", it -> it.status().longestDowntimeMillis());

    private Maintenances() {}
}
