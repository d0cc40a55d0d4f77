package regie.engine.simulated;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;
import regie.agent.contract.Hypervisor;
import regie.agent.contract.HypervisorContractTest;
import regie.agent.contract.NumaNode;
import regie.agent.contract.Timeline;

/** The contract on the machine's own time, with guests that take a moment to boot. */
class SimulatedContractTest extends HypervisorContractTest {
    /** Half of the room on each. */
    private static final List<NumaNode> NODES =
            List.of(new NumaNode(0, List.of(0, 1), 1024), new NumaNode(1, List.of(2, 3), 1024));

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stopScheduler() {
        scheduler.shutdownNow();
    }

    @Override
    protected Hypervisor start() {
        var hypervisor = new SimulatedHypervisor(HOST, ROOM, NODES, Timeline.on(scheduler));
        hypervisor.suffer(Faults.NONE.bootMillis(5));
        return hypervisor;
    }

    @Override
    protected Guest.Machine machine() {
        return new Guest.Machine(new Claim(1, 256, 1), List.of(), "", List.of(), new Guest.CloudInit("", "", ""));
    }

    @Override
    protected void kill(Hypervisor hypervisor, UUID guest) {
        ((SimulatedHypervisor) hypervisor).kill(guest);
    }
}
