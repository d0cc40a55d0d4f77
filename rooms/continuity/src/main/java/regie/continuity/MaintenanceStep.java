package regie.continuity;

import java.util.List;
import java.util.UUID;
import regie.compute.HostGuests;

/** One decision of a plan, about one server. */
sealed interface MaintenanceStep {
    MaintenanceHost host();

    /** It takes no machines from here on, and those it has go elsewhere. */
    record TakeOut(MaintenanceHost host) implements MaintenanceStep {}

    /** Its turn can't come now; it is asked again later. */
    record Refuse(MaintenanceHost host, String why) implements MaintenanceStep {}

    /** There is nothing to take out. */
    record Skip(MaintenanceHost host, String why) implements MaintenanceStep {}

    /** Machines that can't be moved are shut off. */
    record ShutOff(MaintenanceHost host, List<HostGuests.Standing> machines) implements MaintenanceStep {
        public ShutOff {
            machines = List.copyOf(machines);
        }

        List<UUID> instances() {
            return machines.stream().map(HostGuests.Standing::instance).toList();
        }
    }

    /** It is told to boot anew: out of the one it is in, and no other. */
    record Reboot(MaintenanceHost host, String boot) implements MaintenanceStep {}

    /** It comes to another stage, and nothing else is done about it. */
    record Reach(MaintenanceHost host, MaintenanceStage stage, String note) implements MaintenanceStep {
        Reach(MaintenanceHost host, MaintenanceStage stage) {
            this(host, stage, "");
        }
    }

    /** Nobody waits for it any more: it stays closed, and what was shut off on it runs again as soon as it is there. */
    record Abandon(MaintenanceHost host, String note) implements MaintenanceStep {}

    /** It is given machines again, if it was before. */
    record GiveBack(MaintenanceHost host, MaintenanceStage stage) implements MaintenanceStep {}
}
