package regie.engine.libvirt;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import regie.agent.contract.Guest;
import regie.agent.contract.Hypervisor;
import regie.agent.contract.HypervisorContractTest;

/** The contract, kept by real QEMU processes that boot a real kernel. */
class LibvirtContractTest extends HypervisorContractTest {
    @TempDir
    static Path folder;

    private static RealHost host;
    private static int hosts;

    @BeforeAll
    static void startHost() throws IOException {
        host = RealHost.start(HOST, folder);
    }

    @AfterAll
    static void stopHost() {
        if (host != null) host.close();
    }

    @Override
    protected Hypervisor start() throws IOException {
        return host.hypervisor(folder.resolve(Integer.toString(++hosts)), ROOM);
    }

    @Override
    protected Guest.Machine machine() {
        return host.machine(3, "web-1", "i-1");
    }

    @Override
    protected void kill(Hypervisor hypervisor, UUID guest) {
        host.kill(guest);
    }

    @Override
    protected Duration patience() {
        return Duration.ofSeconds(60); // emulated, on a machine that other tests share
    }
}
