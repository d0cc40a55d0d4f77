package regie.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import regie.delivery.ChangeSort;
import regie.delivery.Outcome;
import regie.delivery.Parcel;
import regie.delivery.SigningSecret;
import regie.kernel.ChangeLog;
import regie.kernel.Clock;
import regie.kernel.Json;
import regie.kernel.Key;

/** Over real sockets, with receivers that behave, and with those that do not. */
class WebhookCourierTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OK = "HTTP/1.1 204 No Content\r\n\r\n";
    /** Long enough for a machine that is busy with other tests. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private WebhookCourier courier = courier(List.of("127.0.0.0/8"), true, Optional.empty(), InetAddress::getAllByName);

    private static WebhookCourier courier(
            List<String> allowed, boolean plain, Optional<SSLSocketFactory> tls, Resolver resolver) {
        var settings = new WebhookSettings(allowed.stream().map(Network::of).toList(), plain, tls, "1");
        return new WebhookCourier(settings, Clock.SYSTEM, resolver, LIMIT);
    }

    private static WebhookCourier impatient() {
        var settings = new WebhookSettings(List.of(Network.of("127.0.0.0/8")), true, Optional.empty(), "1");
        return new WebhookCourier(settings, Clock.SYSTEM, InetAddress::getAllByName, SHORT);
    }

    @AfterEach
    void close() {
        courier.close();
    }

    private void use(WebhookCourier other) {
        courier.close();
        courier = other;
    }

    private static Parcel parcel(String url) {
        return new Parcel(
                "evt_7_abc",
                URI.create(url),
                List.of(SigningSecret.parse(SECRET)),
                new ChangeLog.Position(815, 4711),
                ChangeSort.CHANGED,
                Instant.parse("2026-11-20T10:00:00Z"),
                new Key("Fleet", "shop", "wéb"),
                "{\"kind\":\"Fleet\",\"name\":\"wéb\",\"spec\":{\"count\":3}}");
    }

    private static String url(Wire wire, String path) {
        return "http://127.0.0.1:%d%s".formatted(wire.port(), path);
    }

    private Outcome sentTo(Wire.Behaviour behaviour) throws IOException {
        try (var wire = Wire.plain(behaviour)) {
            return courier.deliver(parcel(url(wire, "/")));
        }
    }

    private Outcome answered(String answer) throws IOException {
        return sentTo(Wire.saying(answer));
    }

    private static String error(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return outcome.error();
    }

    @Test
    void sendsWhatTheStandardSays() throws Exception {
        try (var wire = Wire.plain(Wire.saying(OK))) {
            assertThat(courier.deliver(parcel(url(wire, "/hooks/a?b=c%20d")))).isEqualTo(new Outcome.Taken(204));
            var request = wire.requests.getFirst();
            assertThat(request.line()).isEqualTo("POST /hooks/a?b=c%20d HTTP/1.1");
            assertThat(request.headers())
                    .containsEntry("host", "127.0.0.1:" + wire.port())
                    .containsEntry("content-type", "application/json")
                    .containsEntry("webhook-id", "evt_7_abc");
            long at = Long.parseLong(request.header("webhook-timestamp"));
            assertThat(Math.abs(at - Clock.SYSTEM.now().getEpochSecond())).isLessThan(60);
            assertThat(Verifying.isSigned(
                            SECRET,
                            "evt_7_abc",
                            request.header("webhook-timestamp"),
                            request.header("webhook-signature"),
                            request.body().getBytes(UTF_8)))
                    .isTrue();
            assertThat(Json.MAPPER.readTree(request.body())).isEqualTo(Json.MAPPER.readTree("""
                    {"type": "fleet.changed", "timestamp": "2026-11-20T10:00:00Z", "position": "815-4711",
                     "data": {"kind": "Fleet", "name": "wéb", "spec": {"count": 3}}}
                    """));
        }
    }

    @Test
    void twoAttemptsHaveOneBody() throws Exception {
        try (var wire = Wire.plain(Wire.saying(OK))) {
            courier.deliver(parcel(url(wire, "")));
            courier.deliver(parcel(url(wire, "")));
            assertThat(wire.requests.getFirst().line()).isEqualTo("POST / HTTP/1.1");
            assertThat(wire.requests.getFirst().body())
                    .isEqualTo(wire.requests.getLast().body());
        }
    }

    @Test
    void readsTheAnswer() throws IOException {
        assertThat(answered("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")).isEqualTo(new Outcome.Taken(200));
        assertThat(answered("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n" + OK))
                .isEqualTo(new Outcome.Taken(204));
        assertThat(answered("HTTP/1.1 410 Gone\r\n\r\n")).isEqualTo(new Outcome.Gone());
        assertThat(answered("HTTP/1.0 500 Oh\r\n\r\n"))
                .isEqualTo(new Outcome.Declined(500, "it answers 500", Optional.empty()));
        assertThat(answered("HTTP/1.1 429 Slow\nRetry-After: 120\n\n"))
                .isEqualTo(new Outcome.Declined(429, "it answers 429", Optional.of(Duration.ofMinutes(2))));
        assertThat(answered("HTTP/1.1 503 Busy\r\nretry-after: soon\r\n\r\n"))
                .isEqualTo(new Outcome.Declined(503, "it answers 503", Optional.empty()));
    }

    @Test
    void readsWhenToComeBackAsATime() {
        var head = new ResponseHead(503, Optional.of("Fri, 20 Nov 2026 10:00:30 GMT"));
        assertThat(head.patience(Instant.parse("2026-11-20T10:00:00Z"))).contains(Duration.ofSeconds(30));
        assertThat(head.patience(Instant.parse("2026-11-20T10:01:00Z"))).isEmpty();
    }

    @Test
    void followsNoRedirect() throws IOException {
        try (var trap = Wire.plain(Wire.saying(OK))) {
            var outcome = answered("HTTP/1.1 307 There\r\nLocation: %s\r\n\r\n".formatted(url(trap, "/")));
            assertThat(outcome.error()).contains("307").contains("redirects are not followed");
            assertThat(outcome).isInstanceOf(Outcome.Declined.class);
            assertThat(trap.requests).isEmpty();
        }
    }

    @Test
    void doesNotWaitForTheSlow() throws IOException {
        use(impatient());
        long from = Clock.SYSTEM.nanos();
        assertThat(error(sentTo(connection -> connection.getInputStream().read())))
                .isEqualTo("no answer within 1 s");
        assertThat(error(sentTo(connection -> dripping(connection, "HTTP/1.1 200 "))))
                .isEqualTo("no answer within 1 s");
        assertThat(Duration.ofNanos(Clock.SYSTEM.nanos() - from)).isLessThan(Duration.ofSeconds(20));
    }

    /** One byte now and then, for ever: each is in time by itself. */
    private static void dripping(Socket connection, String head) throws IOException {
        connection.getOutputStream().write(head.getBytes(UTF_8));
        while (true) {
            connection.getOutputStream().write('x');
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        }
    }

    @Test
    void doesNotReadTheHuge() throws IOException {
        assertThat(error(sentTo(connection -> flooding(connection, "HTTP/1.1 200 OK\r\nX: "))))
                .contains("longer than 16 KiB");
        long from = Clock.SYSTEM.nanos();
        assertThat(sentTo(connection -> flooding(connection, "HTTP/1.1 200 OK\r\n\r\n")))
                .isEqualTo(new Outcome.Taken(200));
        assertThat(sentTo(connection -> dripping(connection, "HTTP/1.1 200 OK\r\n\r\n")))
                .as("its answer was there before it began to drip")
                .isEqualTo(new Outcome.Taken(200));
        assertThat(Duration.ofNanos(Clock.SYSTEM.nanos() - from)).isLessThan(Duration.ofSeconds(20));
    }

    private static void flooding(Socket connection, String head) throws IOException {
        connection.getOutputStream().write(head.getBytes(UTF_8));
        var chunk = "y".repeat(64 << 10).getBytes(UTF_8);
        while (true) connection.getOutputStream().write(chunk);
    }

    @Test
    void saysWhatWentWrong() throws IOException {
        assertThat(error(sentTo(connection -> {}))).isEqualTo("it closes the connection and answers nothing");
        assertThat(error(answered("SSH-2.0-x\r\n\r\n"))).contains("does not answer with HTTP");
        assertThat(error(answered("HTTP/1.1 9\r\n\r\n"))).contains("does not answer with HTTP");
        try (var silent = new Socket()) {
            silent.bind(new InetSocketAddress(LOOPBACK, 0)); // taken, and nobody listens
            assertThat(error(courier.deliver(parcel("http://127.0.0.1:%d/".formatted(silent.getLocalPort())))))
                    .isEqualTo("nobody answers at 127.0.0.1");
        }
        use(courier(List.of(), true, Optional.empty(), host -> {
            throw new UnknownHostException(host);
        }));
        assertThat(error(courier.deliver(parcel("http://nowhere.example/"))))
                .isEqualTo("there is no host nowhere.example");
    }

    @Test
    void speaksTlsWithTheNameAndChecksTheCertificate() throws Exception {
        var certificate = TestCertificate.of("hooks.example");
        var stranger = TestCertificate.of("hooks.example");
        Resolver here = _ -> new InetAddress[] {LOOPBACK};
        try (var wire = Wire.secured(certificate.server(), Wire.saying(OK))) {
            use(courier(List.of("127.0.0.0/8"), false, Optional.of(certificate.trusting()), here));
            assertThat(courier.deliver(parcel("https://hooks.example:%d/".formatted(wire.port()))))
                    .isEqualTo(new Outcome.Taken(204));
            assertThat(wire.requests.getFirst().headers()).containsEntry("host", "hooks.example:" + wire.port());
            assertThat(error(courier.deliver(parcel("https://other.example:%d/".formatted(wire.port())))))
                    .as("a certificate of another name")
                    .startsWith("TLS fails: ");
            use(courier(List.of("127.0.0.0/8"), false, Optional.of(stranger.trusting()), here));
            assertThat(error(courier.deliver(parcel("https://hooks.example:%d/".formatted(wire.port())))))
                    .as("a certificate that nobody vouches for")
                    .startsWith("TLS fails: ");
            assertThat(wire.requests).hasSize(1);
        }
        use(impatient());
        try (var wire = Wire.plain(Wire.saying(OK))) {
            assertThat(error(courier.deliver(parcel("https://127.0.0.1:%d/".formatted(wire.port())))))
                    .as("no TLS at all")
                    .isNotEmpty();
        }
    }

    @Test
    void speaksPlainHttpOnlyWhereThatIsAllowed() throws IOException {
        use(courier(List.of("127.0.0.0/8"), false, Optional.empty(), InetAddress::getAllByName));
        try (var wire = Wire.plain(Wire.saying(OK))) {
            assertThat(error(courier.deliver(parcel(url(wire, "/"))))).contains("not https");
            assertThat(wire.requests).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/", "http://localhost:%d/", "http://2130706433:%d/",
                "http://0.0.0.0:%d/", "http://[::ffff:127.0.0.1]:%d/", "http://[::ffff:7f00:1]:%d/"
            })
    void knocksAtNoClosedDoor(String url) throws IOException {
        use(courier(List.of(), true, Optional.empty(), InetAddress::getAllByName));
        try (var wire = Wire.plain(Wire.saying(OK))) {
            var error = error(courier.deliver(parcel(url.formatted(wire.port()))));
            assertThat(wire.requests).isEmpty();
            assertThat(error).contains("the settings of the room do not allow it");
        }
    }

    /** A name that leads to a public address when it is judged, and inside when it is connected to. */
    @Test
    void aNameIsLookedUpOnceAndWhatWasJudgedIsConnectedTo() throws IOException {
        try (var inside = Wire.plain(Wire.saying(OK))) {
            var asked = new AtomicInteger();
            var unreachable = InetAddress.getByAddress("rebinding.example", new byte[] {(byte) 198, 51, 100, 7});
            use(courier(List.of("198.51.100.0/24"), true, Optional.empty(), _ ->
                    new InetAddress[] {asked.incrementAndGet() == 1 ? unreachable : LOOPBACK}));
            courier.deliver(parcel("http://rebinding.example:%d/".formatted(inside.port())));
            assertThat(asked).hasValue(1);
            assertThat(inside.requests).isEmpty();
            assertThat(courier.deliver(parcel("http://rebinding.example:%d/".formatted(inside.port())))
                            .error())
                    .contains("a loopback address")
                    .doesNotContain("127.0.0.1");
            assertThat(inside.requests).isEmpty();
        }
    }

    @Test
    void ofSeveralAddressesTheAllowedOneIsTaken() throws IOException {
        try (var wire = Wire.plain(Wire.saying(OK))) {
            var addresses = new InetAddress[] {InetAddress.getAllByName("10.0.0.1")[0], LOOPBACK};
            use(courier(List.of("127.0.0.0/8"), true, Optional.empty(), _ -> addresses));
            assertThat(courier.deliver(parcel("http://mixed.example:%d/".formatted(wire.port()))))
                    .isEqualTo(new Outcome.Taken(204));
        }
    }

    @Test
    void whatTheOtherSideSaysIsBounded() throws Exception {
        assertThat(error(answered("\u0000\u0007" + "z".repeat(5_000) + "\r\n\r\n")))
                .hasSizeLessThan(301)
                .doesNotContain("\u0000");
    }
}
