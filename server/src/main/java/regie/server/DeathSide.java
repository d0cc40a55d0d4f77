package regie.server;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import regie.continuity.DeathRegister;
import regie.continuity.DegradedLoop;
import regie.continuity.Evidence;
import regie.continuity.RebootDesk;
import regie.continuity.ServerPower;
import regie.continuity.Switches;
import regie.continuity.VerdictLoop;
import regie.engine.bmc.IpmiSwitch;
import regie.engine.bmc.RedfishSwitch;
import regie.estate.ServerSpec.Protocol;
import regie.identity.Desk;
import regie.identity.Register;
import regie.kernel.Chance;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Hints;
import regie.kernel.Loop;
import regie.kernel.Resources;

/** Everything that finds out whether servers are dead, and switches their power. */
final class DeathSide implements AutoCloseable {
    private final Database database;
    private final Resources resources;
    private final Switches switches;
    private final VerdictLoop verdicts;
    private final Loop loop;
    private final Loop degraded;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param folder for all that the room keeps */
    DeathSide(
            Settings.OfContinuity settings,
            Path folder,
            Database database,
            Hints hints,
            Resources resources,
            Evidence evidence) {
        this.database = database;
        this.resources = resources;
        this.switches = new Switches(
                Map.of(Protocol.IPMI, new IpmiSwitch(), Protocol.REDFISH, new RedfishSwitch()),
                settings.credentials(folder));
        this.verdicts = new VerdictLoop(
                database, resources, evidence, switches, settings.verdicts(), Clock.SYSTEM, Chance.SECURE);
        this.loop = verdicts.start(hints);
        this.degraded =
                new DegradedLoop(database, resources, settings.degraded(), Clock.SYSTEM, Chance.SECURE).start(hints);
    }

    DeathRegister deaths(Register register) {
        return new DeathRegister(register);
    }

    /** For those who have empty servers booted anew. */
    RebootDesk reboots() {
        return new RebootDesk(database, switches, Clock.SYSTEM, threads);
    }

    ServerPower power(Register register, Desk desk) {
        return new ServerPower(database, resources, register, desk, switches);
    }

    @Override
    public void close() {
        loop.close();
        degraded.close();
        verdicts.close();
        threads.shutdownNow();
    }
}
