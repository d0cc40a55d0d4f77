package regie.engine.ec2;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * As much of the Query API of EC2 (2016-11-15) as is asked for here: forms in, XML out, each request signed by version 4 and each
 * signature reckoned again. It can be told to misbehave.
 */
final class Ec2Server implements AutoCloseable {
    static final String KEY_ID = "AKIAEXAMPLE";
    static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    /** How it answers. */
    enum Mood {
        WELL,
        /** Starts the machine, and hangs up before it says so. */
        CUTS_OFF,
        TALKS_NONSENSE,
        /** Says nothing until it is closed. */
        SILENT,
        DENIES,
        IS_FULL,
        FORGETS_THE_ID
    }

    static final class Machine {
        final String id;
        final Map<String, String> tags = new TreeMap<>();
        final Map<String, String> request;
        String state = "pending";

        Machine(String id, Map<String, String> request) {
            this.id = id;
            this.request = request;
        }
    }

    final Map<String, Machine> machines = new LinkedHashMap<>();
    final List<String> calls = new ArrayList<>();
    volatile Mood mood = Mood.WELL;

    private final Map<String, Machine> byToken = new LinkedHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpServer server;

    Ec2Server() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(command -> Thread.ofVirtual().start(command));
        server.createContext("/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    synchronized Machine machine(String id) {
        return Optional.ofNullable(machines.get(id)).orElseThrow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            if (mood == Mood.SILENT) {
                await();
                return;
            }
            if (mood == Mood.TALKS_NONSENSE) {
                send(exchange, 200, "<html><body>Welcome to nginx!");
                return;
            }
            if (!isSigned(exchange, body)) {
                refuse(exchange, 401, "AuthFailure", "AWS was not able to validate the provided access credentials");
                return;
            }
            var form = form(body);
            synchronized (this) {
                calls.add(form.getOrDefault("Action", ""));
                act(exchange, form);
            }
        }
    }

    private void act(HttpExchange exchange, Map<String, String> form) throws IOException {
        if (mood == Mood.DENIES) {
            refuse(exchange, 403, "UnauthorizedOperation", "You are not authorized to perform this operation.");
            return;
        }
        switch (form.getOrDefault("Action", "")) {
            case "RunInstances" -> run(exchange, form);
            case "DescribeInstances" -> describe(exchange, form);
            case "TerminateInstances" -> terminate(exchange, form.getOrDefault("InstanceId.1", ""));
            default -> refuse(exchange, 400, "InvalidAction", "The action is not valid for this web service.");
        }
    }

    private void run(HttpExchange exchange, Map<String, String> form) throws IOException {
        if (mood == Mood.IS_FULL) {
            refuse(exchange, 500, "InsufficientInstanceCapacity", "We currently do not have sufficient capacity.");
            return;
        }
        var token = form.getOrDefault("ClientToken", "");
        var known = byToken.get(token);
        if (known != null && !known.request.equals(form)) {
            refuse(
                    exchange,
                    400,
                    "IdempotentParameterMismatch",
                    "Arguments on this idempotent request are inconsistent");
            return;
        }
        var machine =
                Optional.ofNullable(known).orElseGet(() -> new Machine("i-%017x".formatted(machines.size() + 1), form));
        for (int at = 1; form.containsKey("TagSpecification.1.Tag." + at + ".Key"); at++)
            machine.tags.put(
                    form.getOrDefault("TagSpecification.1.Tag." + at + ".Key", ""),
                    form.getOrDefault("TagSpecification.1.Tag." + at + ".Value", ""));
        machines.put(machine.id, machine);
        byToken.put(token, machine);
        if (mood == Mood.CUTS_OFF) return;
        send(exchange, 200, """
                <RunInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId>
                <reservationId>r-1</reservationId><ownerId>1</ownerId><instancesSet>%s</instancesSet></RunInstancesResponse>
                """.formatted(item(machine)));
    }

    /** One machine a page, so that whoever asks has to turn pages. */
    private void describe(HttpExchange exchange, Map<String, String> form) throws IOException {
        var key = form.getOrDefault("Filter.1.Name", "").replaceFirst("^tag:", "");
        var wanted = machines.values().stream()
                .filter(machine -> form.getOrDefault("Filter.1.Value.1", "").equals(machine.tags.get(key)))
                .toList();
        int at = Integer.parseInt(form.getOrDefault("NextToken", "0"));
        var items = at < wanted.size()
                ? "<item><reservationId>r-1</reservationId><instancesSet>%s</instancesSet></item>"
                        .formatted(item(wanted.get(at)))
                : "";
        var next = at + 1 < wanted.size() ? "<nextToken>%d</nextToken>".formatted(at + 1) : "";
        send(exchange, 200, """
                <DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId>
                <reservationSet>%s</reservationSet>%s</DescribeInstancesResponse>
                """.formatted(items, next));
    }

    private void terminate(HttpExchange exchange, String id) throws IOException {
        var machine = machines.get(id);
        if (machine == null) {
            refuse(exchange, 400, "InvalidInstanceID.NotFound", "The instance ID '%s' does not exist".formatted(id));
            return;
        }
        machine.state = "shutting-down";
        send(exchange, 200, """
                <TerminateInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId><instancesSet><item>
                <instanceId>%s</instanceId><currentState><code>32</code><name>shutting-down</name></currentState>
                <previousState><code>16</code><name>running</name></previousState></item></instancesSet></TerminateInstancesResponse>
                """.formatted(id));
    }

    private String item(Machine machine) {
        var tags = new StringBuilder();
        machine.tags.forEach(
                (key, value) -> tags.append("<item><key>%s</key><value>%s</value></item>".formatted(key, value)));
        var id = mood == Mood.FORGETS_THE_ID ? "" : "<instanceId>%s</instanceId>".formatted(machine.id);
        return "<item>%s<instanceState><code>0</code><name>%s</name></instanceState><ipAddress>198.51.100.7</ipAddress><tagSet>%s</tagSet></item>"
                .formatted(id, machine.state, tags);
    }

    private static void refuse(HttpExchange exchange, int status, String code, String message) throws IOException {
        send(
                exchange,
                status,
                "<?xml version=\"1.0\"?><Response><Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors><RequestID>r</RequestID></Response>"
                        .formatted(code, message));
    }

    private static void send(HttpExchange exchange, int status, String xml) throws IOException {
        var bytes = xml.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml;charset=UTF-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Map<String, String> form(byte[] body) {
        var form = new TreeMap<String, String>();
        for (var pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            var parts = pair.split("=", 2);
            form.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** AWS Signature Version 4, from its specification: the canonical request, hashed, signed with a key of day, region and service. */
    private static boolean isSigned(HttpExchange exchange, byte[] body) {
        var authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        var fields = new TreeMap<String, String>();
        for (var part : authorization.replaceFirst("^AWS4-HMAC-SHA256 ", "").split(", ?", -1)) {
            var pair = part.split("=", 2);
            if (pair.length == 2) fields.put(pair[0], pair[1]);
        }
        var scope = fields.getOrDefault("Credential", "").split("/", -1);
        if (scope.length != 5 || !scope[0].equals(KEY_ID) || !scope[3].equals("ec2")) return false;
        var names = fields.getOrDefault("SignedHeaders", "").split(";", -1);
        var headers = new StringBuilder();
        for (var name : names)
            headers.append(name)
                    .append(':')
                    .append(String.valueOf(exchange.getRequestHeaders().getFirst(name))
                            .strip())
                    .append('\n');
        try {
            var canonical = "POST\n/\n\n%s\n%s\n%s".formatted(headers, String.join(";", names), sha256(body));
            var place = String.join("/", Arrays.copyOfRange(scope, 1, 5));
            var text = "AWS4-HMAC-SHA256\n%s\n%s\n%s"
                    .formatted(
                            exchange.getRequestHeaders().getFirst("X-Amz-Date"),
                            place,
                            sha256(canonical.getBytes(StandardCharsets.UTF_8)));
            var key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
            for (var part : Arrays.copyOfRange(scope, 1, 5)) key = hmac(key, part);
            return HexFormat.of().formatHex(hmac(key, text)).equals(fields.get("Signature"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private void await() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
