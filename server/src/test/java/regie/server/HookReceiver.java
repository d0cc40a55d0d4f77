package regie.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import regie.kernel.Json;
import tools.jackson.databind.JsonNode;

/** A program that takes webhooks over HTTP, on loopback. */
final class HookReceiver implements AutoCloseable {
    private final HttpServer server;
    final List<Got> got = new CopyOnWriteArrayList<>();
    /** The status it answers with. */
    volatile ToIntFunction<Got> answer = _ -> 200;

    record Got(String path, String id, String timestamp, String signatures, String body) {
        JsonNode json() {
            return Json.MAPPER.readTree(body);
        }

        JsonNode data() {
            return json().path("data");
        }

        String name() {
            return data().path("name").asString();
        }

        long revision() {
            return data().path("revision").asLong();
        }

        boolean isSignedWith(String secret) throws Exception {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            var signed = mac.doFinal("%s.%s.%s".formatted(id, timestamp, body).getBytes(StandardCharsets.UTF_8));
            return List.of(signatures.split(" ", -1))
                    .contains("v1," + Base64.getEncoder().encodeToString(signed));
        }
    }

    HookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private void take(HttpExchange http) throws IOException {
        try (http) {
            var headers = http.getRequestHeaders();
            var one = new Got(
                    http.getRequestURI().getPath(),
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            got.add(one);
            http.sendResponseHeaders(answer.applyAsInt(one), -1);
        }
    }

    List<String> names() {
        return got.stream().map(Got::name).toList();
    }

    String url(String path) {
        return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
