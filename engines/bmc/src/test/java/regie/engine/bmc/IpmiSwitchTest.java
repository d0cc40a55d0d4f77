package regie.engine.bmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import regie.continuity.Credentials;
import regie.continuity.PowerSwitch;
import regie.continuity.PowerSwitch.PowerFault;
import regie.continuity.PowerSwitch.Target;
import regie.estate.ServerSpec.Bmc;
import regie.estate.ServerSpec.Protocol;

/** Against OpenIPMI's simulator of a controller, with the real {@code ipmitool}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IpmiSwitchTest extends PowerSwitchContractTest {
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(20);

    private final PowerSwitch subject = new IpmiSwitch();
    private final int port = FreePort.find();

    private Path folder = Path.of("");

    private Optional<Process> simulator = Optional.empty();

    @BeforeAll
    void start(@TempDir Path own) throws IOException, InterruptedException {
        folder = own;
        assumeTrue(there("ipmi_sim") && there("ipmitool"), "ipmi_sim and ipmitool are not installed");
        Files.writeString(folder.resolve("power"), "1");
        var chassis = folder.resolve("chassis.sh");
        Files.writeString(chassis, """
                #!/bin/sh
                shift; op=$1; shift
                if [ "$op" = get ]; then echo "power:$(cat %1$s)"; exit 0; fi
                while [ $# -gt 1 ]; do [ "$1" = power ] && printf %%s "$2" > %1$s; shift 2; done
                exit 0
                """.formatted(folder.resolve("power")));
        Files.setPosixFilePermissions(chassis, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(folder.resolve("lan.conf"), """
                name "h01"
                set_working_mc 0x20
                  startlan 1
                    addr 127.0.0.1 %d
                    priv_limit admin
                    allowed_auths_operator none md2 md5 straight
                    allowed_auths_admin none md2 md5 straight
                    guid a123456789abcdefa123456789abcdef
                  endlan
                  chassis_control "%s 0x20"
                  user 1 true "" "test" user 10 none md2 md5 straight
                  user 2 true "fence" "%s" operator 10 none md2 md5 straight
                """.formatted(port, chassis, SECRET));
        Files.writeString(folder.resolve("sim.emu"), """
                mc_setbmc 0x20
                mc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02 persist_sdr
                sel_enable 0x20 1000 0x0a
                mc_enable 0x20
                """);
        simulator = Optional.of(
                new ProcessBuilder("ipmi_sim", "-c", "lan.conf", "-f", "sim.emu", "-s", folder.toString(), "-n")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start());
        awaitAnswer();
    }

    private static boolean there(String program) {
        return java.util.stream.Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private void awaitAnswer() throws InterruptedException, IOException {
        long end = System.nanoTime() + STARTS_WITHIN.toNanos();
        while (System.nanoTime() - end < 0) {
            try {
                subject.power(target());
                return;
            } catch (PowerFault e) {
                if (simulator.filter(Process::isAlive).isEmpty()) break;
            }
        }
        throw new AssertionError("ipmi_sim does not answer: " + Files.readString(folder.resolve("log")));
    }

    @BeforeEach
    void switchedOn() throws IOException {
        Files.writeString(folder.resolve("power"), "1");
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (simulator.isEmpty()) return;
        simulator.get().destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    PowerSwitch subject() {
        return subject;
    }

    @Override
    Target target() {
        var bmc = new Bmc("127.0.0.1", Protocol.IPMI, Optional.of(port), Optional.of("rack-a"), Optional.empty());
        return new Target("h01", bmc, Optional.of(new Credentials("fence", SECRET)));
    }

    /** A program that writes down how it was called shows that the password is on no command line. */
    @Test
    void thePasswordIsOnNoCommandLine() throws IOException, PowerFault {
        var spy = folder.resolve("spy.sh");
        Files.writeString(
                spy, "#!/bin/sh\necho \"$*\" > %s\necho Chassis Power is on\n".formatted(folder.resolve("called")));
        Files.setPosixFilePermissions(spy, PosixFilePermissions.fromString("rwx------"));
        new IpmiSwitch(spy.toString()).power(target());
        assertThat(Files.readString(folder.resolve("called")))
                .contains("-E", "-C 3", "-I lanplus")
                .doesNotContain(SECRET);
    }

    @Test
    void nonsenseIsNoAnswer() throws IOException {
        var mad = folder.resolve("mad.sh");
        Files.writeString(mad, "#!/bin/sh\necho maybe off\n");
        Files.setPosixFilePermissions(mad, PosixFilePermissions.fromString("rwx------"));
        assertThatThrownBy(() -> new IpmiSwitch(mad.toString()).power(target()))
                .isInstanceOf(PowerFault.class)
                .hasMessageContaining("maybe off");
    }

    @Test
    void aMissingProgramIsSaid() {
        assertThatThrownBy(() -> new IpmiSwitch(folder.resolve("none").toString()).power(target()))
                .isInstanceOf(PowerFault.class)
                .hasMessageContaining("installed");
    }
}
