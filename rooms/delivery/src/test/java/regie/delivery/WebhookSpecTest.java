package regie.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import regie.kernel.BadField;

class WebhookSpecTest {
    private static WebhookSpec spec(String url) {
        return new WebhookSpec(url, List.of(), List.of(), Map.of(), false, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com",
                "https://example.com/hooks?of=regie",
                "HTTPS://example.com:8443/",
                "http://[2001:db8::1]:80/x"
            })
    void takesAddresses(String url) {
        assertThat(spec(url).address().getHost()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "ftp://example.com/",
                "file:///etc/passwd",
                "https:///path",
                "https://user:password@example.com/",
                "https://user@example.com/",
                "https://example.com/#part",
                "https://example.com/ HTTP/1.1",
                "https://example.com/\r\nX: y",
                "https://exämple.com/",
                "https://example.com:0/",
                "https://example.com:70000/",
                "http://127.1/",
                "jar:https://example.com!/"
            })
    void refusesWhatIsNone(String url) {
        assertThatThrownBy(() -> spec(url))
                .isInstanceOf(BadField.class)
                .satisfies(e -> assertThat(e.getMessage()).startsWith("url is ").doesNotContain("password@"));
    }
}
