package regie.lab;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * How a host of the lab is to be.
 *
 * @param name of the host, for messages
 * @param link name of the network interface on this machine that leads to the host; at most 15 characters, free so far
 * @param near address of this machine on that link, with its prefix, such as {@code 10.77.1.1/24}
 * @param far address of the host on its bridge, with the same prefix, such as {@code 10.77.1.2/24}
 * @param cache folder that outlives the host and may be shared by several; made if need be
 * @param log file that takes what the host's daemons say; written anew
 */
public record SandboxSettings(String name, String link, String near, String far, Path cache, Path log) {
    /** The bridge inside the host that its guests are to be put on. */
    public static final String BRIDGE = "br0";

    private static final Pattern LINK = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,14}");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}");

    public SandboxSettings {
        if (!LINK.matcher(link).matches()) throw new IllegalArgumentException("not a link's name: " + link);
        for (var address : new String[] {near, far}) {
            if (!ADDRESS.matcher(address).matches()) {
                throw new IllegalArgumentException("not an address with its prefix: " + address);
            }
        }
        cache = cache.toAbsolutePath();
        log = log.toAbsolutePath();
    }
}
