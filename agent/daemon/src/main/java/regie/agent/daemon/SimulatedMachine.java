package regie.agent.daemon;

import regie.agent.contract.Timeline;
import regie.engine.simulated.Faults;
import regie.engine.simulated.SimulatedHypervisor;

/** The machine under a simulated host: its disk hangs for as long as the host is told to suffer that. */
final class SimulatedMachine implements Machine {
    /** How long a simulated host is without power when it boots anew. */
    static final long DOWN_MILLIS = 2_000;

    private final SimulatedHypervisor host;
    private final Timeline timeline;
    private long hangsSince = -1;

    SimulatedMachine(SimulatedHypervisor host, Timeline timeline) {
        this.host = host;
        this.timeline = timeline;
    }

    @Override
    public String boot() {
        return host.boot();
    }

    @Override
    public synchronized DiskHealth disk() {
        long now = timeline.nowMillis();
        var disk = host.faults().disk();
        if (disk != Faults.Disk.HANGS) hangsSince = -1;
        else if (hangsSince < 0) hangsSince = now;
        return switch (disk) {
            case WELL -> DiskHealth.WELL;
            case FAILS -> new DiskHealth(0, "Input/output error");
            case HANGS -> new DiskHealth(now - hangsSince, "");
        };
    }

    @Override
    public boolean mayReboot() {
        return true;
    }

    @Override
    public void reboot() {
        host.reboot(DOWN_MILLIS);
    }
}
