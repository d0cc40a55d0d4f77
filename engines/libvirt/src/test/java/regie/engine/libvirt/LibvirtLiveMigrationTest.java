package regie.engine.libvirt;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import regie.agent.contract.Guest;
import regie.agent.contract.Hypervisor;
import regie.agent.contract.LiveMigrationContractTest;

/** The contract of moving guests, kept by real QEMU processes of two libvirts. */
class LibvirtLiveMigrationTest extends LiveMigrationContractTest {
    @TempDir
    static Path folder;

    private static RealPair pair;
    private static int hosts;

    @BeforeAll
    static void startPair() throws IOException {
        pair = RealPair.start(folder, SOURCE, TARGET);
    }

    @AfterAll
    static void stopPair() {
        if (pair != null) pair.close();
    }

    @Override
    protected List<Hypervisor> start() throws IOException {
        return List.of(hypervisor(0), hypervisor(1));
    }

    private static Hypervisor hypervisor(int at) throws IOException {
        return pair.hypervisor(at, folder.resolve(Integer.toString(++hosts)), ROOM);
    }

    @Override
    protected Guest.Machine machine() {
        return pair.machine();
    }

    @Override
    protected Duration patience() {
        return Duration.ofSeconds(60); // emulated, on a machine that other tests share
    }
}
