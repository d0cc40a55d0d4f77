package regie.engine.bmc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import regie.kernel.Json;

/** A controller on loopback that speaks Redfish as DSP0266 says it, with a certificate that it signed itself. */
final class RedfishController implements AutoCloseable {
    private static final String SYSTEM = "/redfish/v1/Systems/437XR1138R2";

    private final HttpsServer server;
    private final X509Certificate certificate;
    private final String basic;
    private volatile String power = "On";
    private volatile String nonsense = "";
    private volatile boolean stubborn;
    /** Counted down when what is stalled may go on. */
    private volatile CountDownLatch stalled = new CountDownLatch(0);

    RedfishController(String user, String password)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        basic = "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        var generator = KeyPairGenerator.getInstance("EC");
        var pair = generator.generateKeyPair();
        var name = new X500Principal("CN=controller");
        var now = Instant.now();
        certificate = new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(now.minusSeconds(60)),
                                Date.from(now.plusSeconds(3_600)),
                                name,
                                pair.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("controller", pair.getPrivate(), new char[0], new Certificate[] {certificate});
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String sha256() throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }

    /** As it was when it began. */
    void reset() {
        power = "On";
        nonsense = "";
        stubborn = false;
        stalled.countDown();
    }

    void power(String state) {
        power = state;
    }

    /** From now on it answers this to everything. */
    void talks(String body) {
        nonsense = body;
    }

    /** From now on it accepts every order, and carries none out. */
    void liesOn() {
        stubborn = true;
    }

    /** Until it is reset it sends the head of an answer, and nothing more. */
    void stalls() {
        stalled = new CountDownLatch(1);
    }

    private void stall(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 100);
        exchange.getResponseBody().flush();
        try {
            stalled.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (stalled.getCount() > 0) {
                stall(exchange);
                return;
            }
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                send(exchange, 401, "{\"error\": {\"code\": \"Base.1.0.NoValidSession\"}}");
            } else if (!nonsense.isEmpty()) {
                send(exchange, 200, nonsense);
            } else {
                route(
                        exchange,
                        exchange.getRequestMethod() + " "
                                + exchange.getRequestURI().getPath(),
                        body);
            }
        }
    }

    private void route(HttpExchange exchange, String what, String body) throws IOException {
        switch (what) {
            case "GET /redfish/v1/Systems" ->
                send(
                        exchange,
                        200,
                        "{\"Members@odata.count\": 1, \"Members\": [{\"@odata.id\": \"%s\"}]}".formatted(SYSTEM));
            case "GET " + SYSTEM -> send(exchange, 200, """
                        {"@odata.type": "#ComputerSystem.v1_5_0.ComputerSystem", "Id": "437XR1138R2", "PowerState": "%s",
                         "Actions": {"#ComputerSystem.Reset": {"target": "%s/Actions/ComputerSystem.Reset",
                           "ResetType@Redfish.AllowableValues": ["On", "ForceOff", "ForceRestart"]}}}
                        """.formatted(power, SYSTEM));
            case "POST " + SYSTEM + "/Actions/ComputerSystem.Reset" -> {
                var how = Json.MAPPER.readTree(body).path("ResetType").asString("");
                if (!stubborn && how.equals("ForceOff")) power = "Off";
                if (!stubborn && (how.equals("On") || how.equals("ForceRestart"))) power = "On";
                send(exchange, 204, "");
            }
            default -> send(exchange, 404, "{}");
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
