package regie.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who knows the addresses of a name. */
@FunctionalInterface
interface Resolver {
    InetAddress[] addresses(String host) throws UnknownHostException;
}
