package regie.engine.bmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import regie.continuity.Credentials;
import regie.continuity.PowerSwitch;
import regie.continuity.PowerSwitch.Power;
import regie.continuity.PowerSwitch.PowerFault;
import regie.continuity.PowerSwitch.Target;

/** What every way to a server's power has to do, against a controller that really speaks its protocol. */
abstract class PowerSwitchContractTest {
    /** A controller leaves it off for some seconds. */
    private static final Duration CYCLES_WITHIN = Duration.ofSeconds(30);

    static final String SECRET = "s3cret-word";

    abstract PowerSwitch subject();

    /** A controller that is there; its server is on. */
    abstract Target target();

    /** The same, with another password. */
    final Target withPassword(String password) {
        var right = target();
        return new Target(
                right.name(), right.bmc(), right.credentials().map(who -> new Credentials(who.user(), password)));
    }

    @Test
    void powerIsCutAndSeenToBeCutAndComesBack() throws PowerFault {
        assertThat(subject().power(target())).isEqualTo(Power.ON);
        subject().off(target());
        assertThat(subject().power(target())).isEqualTo(Power.OFF);
        subject().off(target());
        assertThat(subject().power(target())).as("told twice").isEqualTo(Power.OFF);
        subject().on(target());
        assertThat(subject().power(target())).isEqualTo(Power.ON);
        subject().cycle(target());
        long end = System.nanoTime() + CYCLES_WITHIN.toNanos();
        var power = subject().power(target());
        while (power == Power.OFF && System.nanoTime() - end < 0)
            power = subject().power(target());
        assertThat(power).isEqualTo(Power.ON);
    }

    @Test
    void aWrongPasswordIsAFaultThatTellsNoSecret() throws PowerFault {
        assertThatThrownBy(() -> subject().power(withPassword("wrong-word")))
                .isInstanceOf(PowerFault.class)
                .hasMessageNotContaining("wrong-word")
                .hasMessageNotContaining(SECRET);
        assertThat(subject().power(target())).as("nothing changed").isEqualTo(Power.ON);
    }

    @Test
    void withoutPowerItselfItIsAFaultAndNotAnAnswer() {
        var gone = target();
        var bmc = gone.bmc();
        var nobody = new regie.estate.ServerSpec.Bmc(
                bmc.address(),
                bmc.protocol(),
                Optional.of(FreePort.find()),
                bmc.credentials(),
                bmc.certificateSha256());
        assertThatThrownBy(() -> subject().power(new Target("h01", nobody, gone.credentials())))
                .isInstanceOf(PowerFault.class);
    }
}
