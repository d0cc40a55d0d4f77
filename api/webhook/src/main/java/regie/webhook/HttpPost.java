package regie.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One POST over HTTP/1.1 to an address that was looked up and judged before. The JDK's own clients look a name up by themselves, and
 * may find another address than the one that was judged; this one connects to the given address, and uses the name only for TLS and
 * {@code Host}. It follows no redirect, uses no proxy, and ends within a stated time whatever the other side does.
 */
final class HttpPost implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int LEFTOVER_MILLIS = 250;
    private static final int LEFTOVER_READS = 16;

    private final Optional<SSLSocketFactory> tls;
    private final Duration limit;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("webhook-watch").factory());

    HttpPost(Optional<SSLSocketFactory> tls, Duration limit) {
        this.tls = tls;
        this.limit = limit;
    }

    /**
     * @throws SocketTimeoutException where it took longer than the limit
     * @throws IOException where no answer came that is HTTP
     */
    ResponseHead send(InetAddress to, URI url, Map<String, String> headers, byte[] body) throws IOException {
        var late = new AtomicBoolean();
        try (var plain = new Socket(Proxy.NO_PROXY)) {
            var watching = watch.schedule(() -> cut(plain, late), limit.toMillis(), TimeUnit.MILLISECONDS);
            try {
                plain.connect(new InetSocketAddress(to, port(url)), CONNECT_MILLIS);
                plain.setTcpNoDelay(true);
                return exchange(plain, url, headers, body);
            } finally {
                watching.cancel(false);
            }
        } catch (IOException e) {
            if (!late.get()) throw e;
            var timeout = new SocketTimeoutException("no answer within %d s".formatted(limit.toSeconds()));
            timeout.initCause(e);
            throw timeout;
        }
    }

    private ResponseHead exchange(Socket plain, URI url, Map<String, String> headers, byte[] body) throws IOException {
        var socket = isSecure(url) ? secured(plain, url) : plain;
        var out = socket.getOutputStream();
        var request = head(url, headers, body.length).getBytes(US_ASCII);
        out.write(request);
        out.write(body);
        out.flush();
        var in = new BufferedInputStream(socket.getInputStream());
        var answer = ResponseHead.read(in);
        drain(plain, in);
        return answer;
    }

    /** Checks that the certificate is of the url's host, wherever the address came from. */
    private SSLSocket secured(Socket plain, URI url) throws IOException {
        var factory = tls.orElseGet(() -> (SSLSocketFactory) SSLSocketFactory.getDefault());
        var socket = (SSLSocket) factory.createSocket(plain, bare(url), port(url), true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static String head(URI url, Map<String, String> headers, int length) {
        var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        var target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
        var host = url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
        var head = new StringBuilder("POST %s HTTP/1.1\r\nHost: %s\r\n".formatted(target, host));
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("Content-Length: %d\r\nConnection: close\r\n\r\n".formatted(length))
                .toString();
    }

    /** A little of what still comes, so that a receiver that writes a few words does not see its connection reset. */
    private static void drain(Socket plain, InputStream in) {
        try {
            plain.setSoTimeout(LEFTOVER_MILLIS);
            var buffer = new byte[4 << 10];
            for (int read = 0; read < LEFTOVER_READS && in.read(buffer) >= 0; ) read++;
        } catch (IOException e) {
            // The answer is known already.
        }
    }

    private static void cut(Socket plain, AtomicBoolean late) {
        late.set(true);
        try {
            plain.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }

    private static boolean isSecure(URI url) {
        return url.getScheme().equalsIgnoreCase("https");
    }

    private static int port(URI url) {
        if (url.getPort() >= 0) return url.getPort();
        return isSecure(url) ? 443 : 80;
    }

    /** Without the brackets of an IPv6 address. */
    static String bare(URI url) {
        return url.getHost().replaceAll("^\\[|]$", "");
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
