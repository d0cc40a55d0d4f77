package regie.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import regie.kernel.BadField;

class NetworkSpecTest {
    @Test
    void aNetworkWhoseAddressesAllFit() {
        var spec = network("10.77.1.0/24", "10.77.1.1", "10.77.1.10", "10.77.1.200");

        assertThat(spec.prefixLength()).isEqualTo(24);
    }

    /** RFC 3021: a network of two machines, which needs neither a network nor a broadcast address. */
    @Test
    void aPointToPointNetworkUsesBothAddresses() {
        network("10.0.0.0/31", "10.0.0.0", "10.0.0.1", "10.0.0.1");
    }

    @Test
    void aRangeOf65536AddressesIsTheLargest() {
        network("10.0.0.0/8", "10.0.0.1", "10.1.0.0", "10.1.255.255");

        assertThatThrownBy(() -> network("10.0.0.0/8", "10.0.0.1", "10.1.0.0", "10.2.0.0"))
                .hasMessage("range is 65537 addresses; expected at most 65536");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.77.1.0",
                "10.77.1.1/24",
                "10.77.1.0/33",
                "10.77.1.0/-1",
                "10.77.1.0/255.255.255.0",
                "10.77.1.*/24",
                "010.77.1.0/24",
                "0x0a.77.1.0/24",
                "10.77.256/24",
                "10.77.1.0/24 ",
                "fd00::/64",
                "*",
                "10.77.0-1.0/24"
            })
    void whatIsNoNetworkIsRefused(String cidr) {
        assertThatThrownBy(() -> network(cidr, "10.77.1.1", "10.77.1.10", "10.77.1.200"))
                .isInstanceOf(BadField.class)
                .hasMessage(
                        "cidr is %s; expected an IPv4 network by its first address and prefix length, such as 10.77.1.0/24"
                                .formatted(cidr));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.77.1", "10.77.1.1/24", "10.77.1.1/32", "router", "10.77.1.01", "::1", "10.77.1.1-3"})
    void whatIsNoAddressIsRefused(String gateway) {
        assertThatThrownBy(() -> network("10.77.1.0/24", gateway, "10.77.1.10", "10.77.1.200"))
                .hasMessage("gateway is %s; expected an IPv4 address such as 10.77.1.10".formatted(gateway));
    }

    @ParameterizedTest
    @CsvSource({
        "10.77.2.1,  10.77.1.10, 10.77.1.200, gateway",
        "10.77.1.0,  10.77.1.10, 10.77.1.200, gateway",
        "10.77.1.255,10.77.1.10, 10.77.1.200, gateway",
        "10.77.1.1,  10.77.1.0,  10.77.1.200, range.first",
        "10.77.1.1,  10.77.1.10, 10.77.1.255, range.last",
        "10.77.1.1,  10.77.1.10, 10.78.1.1,   range.last",
        "10.77.1.1,  10.77.1.10, 10.77.1.9,   range.last"
    })
    void whatDoesNotFitTogetherIsRefused(String gateway, String first, String last, String field) {
        assertThatThrownBy(() -> network("10.77.1.0/24", gateway, first, last))
                .isInstanceOfSatisfying(
                        BadField.class, bad -> assertThat(bad.field()).isEqualTo(field));
    }

    /** The oracle reads addresses by itself, as four numbers. */
    @ParameterizedTest
    @ValueSource(ints = {8, 16, 22, 24, 29, 30})
    void everyPrefixKeepsItsOwnAndItsBroadcastAddress(int prefix) {
        long size = 1L << (32 - prefix);
        long base = 10L << 24;
        for (long at : List.of(0L, 1L, size - 2, size - 1)) {
            boolean host = at != 0 && at != size - 1;
            assertThat(fits(text(base) + "/" + prefix, text(base + at)))
                    .as("address %d of %d", at, size)
                    .isEqualTo(host);
        }
    }

    private static boolean fits(String cidr, String gateway) {
        try {
            var inside = gateway.endsWith(".1") ? gateway : "10.0.0.1";
            network(cidr, gateway, inside, inside);
            return true;
        } catch (BadField e) {
            return false;
        }
    }

    private static String text(long address) {
        return IntStream.of(24, 16, 8, 0)
                .mapToObj(shift -> String.valueOf((address >> shift) & 255))
                .collect(java.util.stream.Collectors.joining("."));
    }

    private static NetworkSpec network(String cidr, String gateway, String first, String last) {
        return new NetworkSpec("par1", cidr, gateway, new NetworkSpec.Range(first, last), "br0", List.of());
    }
}
