package regie.continuity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import regie.compute.HostGuests;
import regie.estate.ServerSpec;
import regie.estate.ServerStatus;

/**
 * A server of a maintenance: what the ledger has of it, and what is seen of it now.
 *
 * @param since when it came to its stage
 * @param before what was declared of it before it was taken out
 * @param retries how many words to go on it has heard
 * @param looked when its turn was refused last
 * @param runsMachines whether there is anything to be moved from it, and an agent to hear
 * @param state what is declared of it now
 * @param machines that have their place on it
 * @param trouble what its agent or its status says against giving it machines
 * @param reboot what is known of its booting anew
 */
record MaintenanceHost(
        UUID server,
        String name,
        String rack,
        String site,
        MaintenanceStage stage,
        Instant since,
        Optional<ServerSpec.State> before,
        int retries,
        Optional<Instant> looked,
        String note,
        boolean runsMachines,
        ServerSpec.State state,
        ServerStatus.Presence presence,
        List<HostGuests.Standing> machines,
        List<String> trouble,
        MaintenanceReboot reboot) {
    MaintenanceHost {
        machines = List.copyOf(machines);
        trouble = List.copyOf(trouble);
    }

    /** The same with another note. */
    MaintenanceHost noted(String other) {
        return new MaintenanceHost(
                server,
                name,
                rack,
                site,
                stage,
                since,
                before,
                retries,
                looked,
                other,
                runsMachines,
                state,
                presence,
                machines,
                trouble,
                reboot);
    }

    boolean empty() {
        return machines.stream().noneMatch(HostGuests.Standing::runs);
    }

    /** Those that run and that nobody could move when their turn came. */
    List<HostGuests.Standing> stuck() {
        return machines.stream()
                .filter(machine -> machine.runs() && machine.stuck().isPresent())
                .toList();
    }

    boolean closed() {
        return state == ServerSpec.State.DRAINING || state == ServerSpec.State.CORDONED;
    }
}
