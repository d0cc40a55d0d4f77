package regie.engine.simulated;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;
import regie.agent.contract.Hypervisor;
import regie.agent.contract.LiveMigrationContractTest;
import regie.agent.contract.Timeline;

/** Moving between two hosts in memory, on the machine's own time. */
class SimulatedLiveMigrationTest extends LiveMigrationContractTest {
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stopScheduler() {
        scheduler.shutdownNow();
    }

    @Override
    protected List<Hypervisor> start() {
        var hosts = Stream.of(SOURCE, TARGET)
                .map(name -> new SimulatedHypervisor(name, ROOM, Timeline.on(scheduler)))
                .toList();
        for (var host : hosts) {
            host.suffer(Faults.NONE.bootMillis(5).moveMillis(20));
            host.meet(name -> switch (name) {
                case SOURCE -> Optional.of(hosts.getFirst());
                case TARGET -> Optional.of(hosts.getLast());
                default -> Optional.empty();
            });
        }
        return List.copyOf(hosts);
    }

    @Override
    protected Guest.Machine machine() {
        return new Guest.Machine(new Claim(1, 256, 1), List.of(), "", List.of(), new Guest.CloudInit("", "", ""));
    }
}
