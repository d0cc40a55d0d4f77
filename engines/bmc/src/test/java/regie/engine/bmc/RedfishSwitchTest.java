package regie.engine.bmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.bouncycastle.operator.OperatorCreationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import regie.continuity.Credentials;
import regie.continuity.PowerSwitch;
import regie.continuity.PowerSwitch.Power;
import regie.continuity.PowerSwitch.PowerFault;
import regie.continuity.PowerSwitch.Target;
import regie.estate.ServerSpec.Bmc;
import regie.estate.ServerSpec.Protocol;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedfishSwitchTest extends PowerSwitchContractTest {
    private final PowerSwitch subject = new RedfishSwitch();
    private final RedfishController controller;
    private final String sha256;

    RedfishSwitchTest() throws IOException, GeneralSecurityException, OperatorCreationException {
        controller = new RedfishController("fence", SECRET);
        sha256 = controller.sha256();
    }

    @BeforeEach
    void switchedOn() {
        controller.reset();
    }

    @AfterAll
    void stop() {
        controller.close();
    }

    @Override
    PowerSwitch subject() {
        return subject;
    }

    @Override
    Target target() {
        return target(Optional.of(sha256));
    }

    private Target target(Optional<String> certificate) {
        var bmc = new Bmc(
                "127.0.0.1", Protocol.REDFISH, Optional.of(controller.port()), Optional.of("rack-a"), certificate);
        return new Target("h01", bmc, Optional.of(new Credentials("fence", SECRET)));
    }

    @Test
    void anotherCertificateIsNotTalkedTo() {
        assertThatThrownBy(() -> subject.power(target(Optional.of("0".repeat(64)))))
                .isInstanceOf(PowerFault.class)
                .hasMessageContaining(sha256);
        assertThatThrownBy(() -> subject.power(target(Optional.empty()))).isInstanceOf(PowerFault.class);
    }

    @Test
    void whatIsNotOffYetIsOn() throws PowerFault {
        controller.power("PoweringOff");
        assertThat(subject.power(target())).isEqualTo(Power.ON);
    }

    @Test
    void oneThatLiesIsAskedAgainAndSaysSo() throws PowerFault {
        controller.liesOn();
        subject.off(target());
        assertThat(subject.power(target())).isEqualTo(Power.ON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>welcome</html>",
                "{}",
                "[]",
                "{\"Members\": []}",
                "{\"Members\": [{}, {}]}",
                "{\"Members\": [{\"@odata.id\": \"https://elsewhere/redfish/v1\"}]}",
                "{\"Members\": [{\"@odata.id\": \"/redfish/../admin\"}]}",
                "{\"Members\": [{\"@odata.id\": \"/redfish/v1/Systems/1\"}], \"PowerState\": \"Sideways\"}"
            })
    void nonsenseIsNoAnswer(String body) {
        controller.talks(body);
        assertThatThrownBy(() -> subject.power(target())).isInstanceOf(PowerFault.class);
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        controller.talks("{\"a\": \"%s\"}".formatted("x".repeat(2 << 20)));
        assertThatThrownBy(() -> subject.power(target())).isInstanceOf(PowerFault.class);
    }

    @Test
    @Timeout(60)
    void oneThatStallsInTheMidstOfAnAnswerIsGivenUp() {
        controller.stalls();
        try {
            assertThatThrownBy(() -> subject.power(target()))
                    .isInstanceOf(PowerFault.class)
                    .hasMessageContaining("did not answer within 6 seconds");
        } finally {
            controller.reset();
        }
    }
}
