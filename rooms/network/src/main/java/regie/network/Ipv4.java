package regie.network;

import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.ipv4.IPv4Address;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import regie.kernel.BadField;
import regie.kernel.Check;

/** Reads addresses strictly: four decimal numbers, no zero before them, and for a network the length of its prefix. */
final class Ipv4 {
    /** Where every address of a prefix this long is a machine's: two (RFC 3021), or one. */
    private static final int POINT_TO_POINT = 31;

    /** The library skips blanks around an address. */
    private static final Pattern PLAIN = Pattern.compile("[0-9./]+");

    /** The library also reads hexadecimal, octal, wildcards and shortened forms, which mean something else to other programs. */
    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowWildcardedSeparator(false)
            .allowIPv6(false)
            .setRangeOptions(RangeParameters.NO_RANGE)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowLeadingZeros(false)
            .allowBinary(false)
            .getParentBuilder()
            .allowMask(false)
            .toParams();

    private Ipv4() {}

    /** @throws BadField where {@code text} is no single address */
    static IPv4Address address(String field, String text) {
        var address = parsed(text);
        BadField.unless(address != null && !address.isPrefixed(), field, text, "an IPv4 address such as 10.77.1.10");
        return Check.present(address);
    }

    /** @throws BadField where {@code text} is no network written by its first address */
    static IPv4Address network(String field, String text) {
        var block = parsed(text);
        BadField.unless(
                block != null && block.isPrefixed() && block.isPrefixBlock(),
                field,
                text,
                "an IPv4 network by its first address and prefix length, such as 10.77.1.0/24");
        return Check.present(block);
    }

    static int prefixLength(IPv4Address block) {
        return Check.present(block.getNetworkPrefixLength());
    }

    /** Whether a machine of {@code block} can have {@code address}: inside, and neither the network's own nor its broadcast. */
    static boolean isHost(IPv4Address address, IPv4Address block) {
        if (!block.contains(address)) return false;
        if (prefixLength(block) >= POINT_TO_POINT) return true;
        long value = address.longValue();
        return value != block.getLower().longValue()
                && value != block.getUpper().longValue();
    }

    private static @Nullable IPv4Address parsed(String text) {
        if (!PLAIN.matcher(text).matches()) return null;
        var address = new IPAddressString(text, STRICT).getAddress();
        return address == null ? null : address.toIPv4();
    }
}
