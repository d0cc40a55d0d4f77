package regie.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import regie.delivery.SigningSecret;

class SignatureTest {
    private static final SigningSecret SECRET = SigningSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);

    /** The vector that the libraries of the Standard Webhooks project are tested with. */
    @Test
    void isThatOfTheStandard() {
        assertThat(Signature.of(List.of(SECRET), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, BODY))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void eachSecretSigns() throws Exception {
        var other = SigningSecret.parse("whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldY");
        var signed =
                List.of(Signature.of(List.of(other, SECRET), "evt_1_a", 5, BODY).split(" "));
        assertThat(signed).hasSize(2).allMatch(each -> each.startsWith("v1,"));
        assertThat(Verifying.isSigned(
                        "whsec_QUJDREVGR0hJSktMTU5PUFFSU1RVVldY", "evt_1_a", "5", signed.getFirst(), BODY))
                .isTrue();
        assertThat(Verifying.isSigned("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "evt_1_a", "5", signed.getLast(), BODY))
                .isTrue();
        assertThat(Verifying.isSigned("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "evt_1_a", "6", signed.getLast(), BODY))
                .isFalse();
    }
}
