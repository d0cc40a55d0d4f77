package regie.agent.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The machine that this agent runs on. */
final class RealMachine implements Machine {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final ProcessBuilder.Redirect NOWHERE = ProcessBuilder.Redirect.DISCARD;
    private static final long COMMAND_SECONDS_MAX = 30;

    private final String boot;
    private final DiskProbe probe;
    private final boolean mayReboot;

    /** @throws IOException where the kernel does not say which boot this is */
    RealMachine(DiskProbe probe, boolean mayReboot) throws IOException {
        this.boot = Files.readString(BOOT).strip();
        this.probe = probe;
        this.mayReboot = mayReboot;
    }

    @Override
    public String boot() {
        return boot;
    }

    @Override
    public DiskHealth disk() {
        return probe.health();
    }

    @Override
    public boolean mayReboot() {
        return mayReboot;
    }

    /** Services are stopped in their order and file systems written out: gentler than what a controller can do. */
    @Override
    public void reboot() throws IOException {
        if (!mayReboot) throw new IOException("this agent was not started with --may-reboot");
        var process = new ProcessBuilder("systemctl", "reboot")
                .redirectOutput(NOWHERE)
                .redirectError(NOWHERE)
                .start();
        try {
            if (!process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("systemctl reboot did not end within %d s".formatted(COMMAND_SECONDS_MAX));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("systemctl reboot was interrupted", interrupted);
        }
        if (process.exitValue() != 0) throw new IOException("systemctl reboot ended with code " + process.exitValue());
    }
}
