package regie.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses a webhook may go to. The list is written by hand, from IANA's registries, and not made of the code's. */
class AddressPolicyTest {
    private final AddressPolicy publicOnly = new AddressPolicy(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                // loopback and "this host", in all the ways to write it
                "127.0.0.1",
                "127.255.255.254",
                "127.1",
                "2130706433",
                "0.0.0.0",
                "0.1.2.3",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "::ffff:7f00:1",
                "::127.0.0.1",
                // private
                "10.0.0.1",
                "10.255.255.255",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "fc00::1",
                "fd12:3456:789a::1",
                "fec0::1",
                "::ffff:10.0.0.1",
                "::ffff:192.168.1.1",
                // metadata of clouds
                "169.254.169.254",
                "::ffff:169.254.169.254",
                "fd00:ec2::254",
                "100.100.100.200",
                "192.0.0.192",
                "168.63.129.16",
                "169.254.170.2",
                "fe80::a9fe:a9fe",
                // link-local
                "169.254.0.1",
                "fe80::1",
                "febf::1",
                // inside of providers, tests
                "100.64.0.1",
                "100.127.255.255",
                "192.0.0.1",
                "198.18.0.1",
                "198.19.255.255",
                // documentation
                "192.0.2.1",
                "198.51.100.1",
                "203.0.113.1",
                "2001:db8::1",
                "3fff::1",
                // multicast, broadcast, reserved
                "224.0.0.1",
                "239.255.255.255",
                "ff02::1",
                "ff0e::1",
                "240.0.0.1",
                "255.255.255.255",
                // IPv4 inside of IPv6: translated, tunnelled
                "64:ff9b::7f00:1",
                "64:ff9b:1::a00:1",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "192.88.99.1",
                // never given out
                "4000::1",
                "100::1",
                "5f00::1",
                "8000::1"
            })
    void refuses(String address) throws UnknownHostException {
        assertThat(publicOnly.refusal(InetAddress.getAllByName(address)[0]))
                .as(address)
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "2606:4700::1111",
                "2a00:1450:4001::1",
                "2001:4860:4860::8888",
                "2001:200::1"
            })
    void takesWhatIsPublic(String address) throws UnknownHostException {
        assertThat(publicOnly.refusal(InetAddress.getAllByName(address)[0]))
                .as(address)
                .isEmpty();
    }

    @Test
    void takesWhatTheSettingsAllowAndNothingBeside() throws UnknownHostException {
        var policy = new AddressPolicy(List.of(Network.of("10.20.0.0/16"), Network.of("fd00:1::/64")));
        assertThat(policy.refusal(InetAddress.getAllByName("10.20.255.1")[0])).isEmpty();
        assertThat(policy.refusal(InetAddress.getAllByName("::ffff:10.20.0.1")[0]))
                .isEmpty();
        assertThat(policy.refusal(InetAddress.getAllByName("fd00:1::5")[0])).isEmpty();
        assertThat(policy.refusal(InetAddress.getAllByName("10.21.0.1")[0])).contains("a private address");
        assertThat(policy.refusal(InetAddress.getAllByName("fd00:1:0:1::5")[0])).contains("a private address");
        assertThat(policy.refusal(InetAddress.getAllByName("127.0.0.1")[0])).contains("a loopback address");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,true",
        "127.0.0.1/32,true",
        "0.0.0.0/0,true",
        "fd00::/8,true",
        "::/0,true",
        "10.0.0.1/8,false",
        "10.0.0.0,false",
        "10.0.0.0/33,false",
        "fd00::/129,false",
        "example.com/8,false",
        "localhost/8,false",
        "10.0.0/8,false",
        "/8,false",
        "10.0.0.0/-1,false",
        "300.0.0.0/8,false",
        "a:b,false"
    })
    void readsNetworks(String text, boolean right) {
        assertThat(Network.parse(text).isPresent()).isEqualTo(right);
    }
}
