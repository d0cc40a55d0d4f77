package regie.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses that begin alike, such as {@code 10.0.0.0/8} or {@code fd00::/8}. */
public final class Network {
    /** An address in digits: a name would be looked up. */
    private static final Pattern TEXT =
            Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)/([0-9]{1,3})");

    private final byte[] first;
    private final int prefix;

    private Network(byte[] first, int prefix) {
        this.first = first;
        this.prefix = prefix;
    }

    /** Empty where {@code text} is no network, or has bits behind its prefix. */
    public static Optional<Network> parse(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) return Optional.empty();
        try {
            var bytes = InetAddress.getByName(parts.group(1)).getAddress();
            int prefix = Integer.parseInt(parts.group(2));
            if (prefix > bytes.length * 8) return Optional.empty();
            var network = new Network(bytes, prefix);
            return Arrays.equals(bytes, network.masked(bytes)) ? Optional.of(network) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    static Network of(String text) {
        return parse(text).orElseThrow(() -> regie.kernel.Check.failed("a network " + text));
    }

    boolean contains(InetAddress address) {
        var bytes = unmapped(address.getAddress());
        return bytes.length == first.length && Arrays.equals(first, masked(bytes));
    }

    /** An IPv4 address may come dressed as one of IPv6: {@code ::ffff:127.0.0.1}. */
    private static byte[] unmapped(byte[] bytes) {
        if (bytes.length != 16) return bytes;
        for (int at = 0; at < 10; at++) if (bytes[at] != 0) return bytes;
        boolean mapped = bytes[10] == (byte) 0xff && bytes[11] == (byte) 0xff;
        return mapped ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
    }

    private byte[] masked(byte[] bytes) {
        var masked = bytes.clone();
        for (int bit = prefix; bit < bytes.length * 8; bit++) {
            int at = bit / 8;
            masked[at] = (byte) (masked[at] & ~(0x80 >> (bit % 8)));
        }
        return masked;
    }
}
