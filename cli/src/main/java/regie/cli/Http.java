package regie.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;

/**
 * HTTP to one room. On {@link HttpURLConnection}: the JDK's newer client takes several times as long to load, which is most of the
 * life of a {@code regie get}. Redirects are not followed and proxies not used, for both would carry the token elsewhere.
 */
final class Http {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int ANSWER_MILLIS = 120_000;
    /** Three heartbeats of a watch: silence longer than that is a dead line. */
    private static final int SILENCE_MILLIS = 45_000;
    /** The room looks through a file before it answers. */
    private static final int UPLOADED_MILLIS = 900_000;

    private static final int UPLOAD_CHUNK = 256 << 10;

    static {
        // The JDK would send a POST a second time where the connection broke; what happened to the first is for us to
        // say.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private final Address address;
    private final String token;
    private final Trust trust;

    Http(Address address, String token, Trust trust) {
        this.address = address;
        this.token = token;
        this.trust = trust;
    }

    String token() {
        return token;
    }

    Trust trust() {
        return trust;
    }

    record Request(String method, String path, String accept, Map<String, String> headers, Optional<Body> body) {
        static Request get(String path) {
            return new Request("GET", path, "application/json", Map.of(), Optional.empty());
        }

        /** A plan is asked for with a body, and changes nothing either. */
        boolean reads() {
            return method.equals("GET") || path.equals("/v1/plan");
        }
    }

    record Body(String type, String text) {}

    record Answer(int status, Map<String, java.util.List<String>> headers, String text) {
        Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> name.equalsIgnoreCase(entry.getKey()))
                    .map(entry -> entry.getValue().getFirst())
                    .findFirst();
        }
    }

    /** @throws IOException where no answer came; an answer of any status is returned */
    Answer send(Request request) throws IOException {
        var connection = open(request, ANSWER_MILLIS);
        int status = connection.getResponseCode();
        return new Answer(status, connection.getHeaderFields(), text(connection, status));
    }

    /**
     * Sends a file as it lies, in memory that does not grow with it.
     *
     * @param sent is told how many bytes went so far
     */
    Answer upload(String path, Path file, Map<String, String> headers, LongConsumer sent) {
        var request = new Request("PUT", path, "application/json", headers, Optional.empty());
        try {
            var connection = uploading(request);
            connection.setFixedLengthStreamingMode(Files.size(file));
            pour(connection, file, sent);
            int status = connection.getResponseCode();
            return new Answer(status, connection.getHeaderFields(), text(connection, status));
        } catch (IOException e) {
            return refusalOf(request, file).orElseThrow(() -> unreachable(e));
        }
    }

    private static void pour(HttpURLConnection connection, Path file, LongConsumer sent) throws IOException {
        try (var in = Files.newInputStream(file);
                var out = connection.getOutputStream()) {
            var chunk = new byte[UPLOAD_CHUNK];
            long total = 0;
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                out.write(chunk, 0, read);
                total += read;
                sent.accept(total);
            }
        }
    }

    /**
     * Why an upload broke off: a room that says no before it has read the body closes the line, and its answer is lost among what
     * is still being sent. So the same is announced once more and nothing sent. Empty where the room has nothing against it.
     */
    private Optional<Answer> refusalOf(Request request, Path file) {
        try {
            var connection = uploading(request);
            connection.setRequestProperty("X-Regie-Size", Long.toString(Files.size(file)));
            connection.setChunkedStreamingMode(UPLOAD_CHUNK);
            connection.getOutputStream().close();
            int status = connection.getResponseCode();
            var answer = new Answer(status, connection.getHeaderFields(), text(connection, status));
            boolean onlyBecauseNothingCame = answer.text().contains("\"image-size-differs\"");
            return status < 400 || onlyBecauseNothingCame ? Optional.empty() : Optional.of(answer);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private HttpURLConnection uploading(Request request) throws IOException {
        var connection = open(request, UPLOADED_MILLIS);
        connection.setRequestProperty("Content-Type", "application/octet-stream");
        connection.setDoOutput(true);
        return connection;
    }

    /** An answer that does not end: its status decides whether {@code stream} holds events or a problem. */
    record Stream(int status, InputStream stream) {}

    Stream stream(Request request) throws IOException {
        var connection = open(request, SILENCE_MILLIS);
        int status = connection.getResponseCode();
        var stream = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
        return new Stream(status, Optional.ofNullable(stream).orElseGet(InputStream::nullInputStream));
    }

    private HttpURLConnection open(Request request, int readMillis) throws IOException {
        var connection = (HttpURLConnection) address.at(request.path()).toURL().openConnection(Proxy.NO_PROXY);
        if (connection instanceof HttpsURLConnection secured)
            trust.socketFactory().ifPresent(secured::setSSLSocketFactory);
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(readMillis);
        connection.setRequestMethod(request.method());
        connection.setRequestProperty("Accept", request.accept() + ", application/problem+json");
        connection.setRequestProperty("User-Agent", "regie-cli/" + Version.own());
        connection.setRequestProperty("Authorization", "Bearer " + token);
        request.headers().forEach(connection::setRequestProperty);
        if (request.body().isPresent()) {
            var body = request.body().get();
            connection.setRequestProperty("Content-Type", body.type());
            connection.setDoOutput(true);
            try (var out = connection.getOutputStream()) {
                out.write(body.text().getBytes(StandardCharsets.UTF_8));
            }
        }
        return connection;
    }

    private static String text(HttpURLConnection connection, int status) throws IOException {
        try (var in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    Failure unreachable(IOException e) {
        var why = switch (e) {
            case ConnectException _ -> "nobody answers there. Start it (./regie up), or name another: --room URL";
            case UnknownHostException _ -> "there is no host of that name. Name another: --room URL";
            case SocketTimeoutException _ ->
                "no answer came in time; what was asked may still have been done. Look with: regie get";
            case SSLException _ ->
                "its certificate is not trusted (%s). Name the file of its authority: --ca FILE"
                        .formatted(e.getMessage());
            default -> "the connection broke (%s). Try again".formatted(e.getMessage());
        };
        return new Failure(
                ExitCode.UNREACHABLE,
                "room-unreachable",
                "The room at %s can't be reached: %s.".formatted(address.url(), why));
    }
}
