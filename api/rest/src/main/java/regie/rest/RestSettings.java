package regie.rest;

import java.util.Optional;
import javax.net.ssl.SSLContext;
import regie.kernel.Check;

/**
 * Where and how the door listens.
 *
 * @param host address of one interface, or 0.0.0.0 for all
 * @param port 0 takes a free one
 * @param tls with the room's certificate and key; must be there unless the host is a loopback address
 * @param build of this program, for {@code /v1/version}
 */
public record RestSettings(String host, int port, Optional<SSLContext> tls, Build build, Limits limits) {
    /** @param commit that it was built of; "unknown" where nobody said */
    public record Build(String version, String commit, String java) {}

    public RestSettings {
        Check.that(port >= 0 && port <= 65_535, "port 0 to 65535");
    }
}
