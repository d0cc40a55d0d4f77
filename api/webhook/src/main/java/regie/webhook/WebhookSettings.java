package regie.webhook;

import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * @param allowed networks that may be sent to although they are not public
 * @param plainHttp whether http without TLS is spoken
 * @param tls trusts certain authorities; empty: those of the JVM, which are read when they are first needed
 * @param version of this program, for {@code User-Agent}
 */
public record WebhookSettings(
        List<Network> allowed, boolean plainHttp, Optional<SSLSocketFactory> tls, String version) {
    public WebhookSettings {
        allowed = List.copyOf(allowed);
    }
}
