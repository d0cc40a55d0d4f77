package regie.engine.probes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import regie.compute.HealthSpec;
import regie.compute.HealthSpec.HttpProbe;
import regie.compute.HealthSpec.TcpProbe;

/** Against real sockets of this machine. */
class NetworkProbesTest {
    private static final String HERE = "127.0.0.1";

    /** Seconds that are given to whoever does answer: a loaded machine may be slow at its first request. */
    private static final int PATIENT = 30;

    private static final int SHORT = 1;

    private static HealthSpec http(int port, String path, int expect, int timeoutSeconds) {
        return spec(Optional.of(new HttpProbe(port, path, expect)), Optional.empty(), timeoutSeconds);
    }

    private static HealthSpec tcp(int port) {
        return spec(Optional.empty(), Optional.of(new TcpProbe(port)), PATIENT);
    }

    private static HealthSpec spec(Optional<HttpProbe> http, Optional<TcpProbe> tcp, int timeoutSeconds) {
        return new HealthSpec(http, tcp, Optional.empty(), 1, timeoutSeconds, 1, 0);
    }

    /** Says 204 to {@code /ready} and 404 to all else, until it is closed; a connection that breaks ends nothing but itself. */
    private static ServerSocket server() throws IOException {
        var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (var socket = server.accept()) {
                    answer(socket);
                } catch (IOException broken) {
                    // whoever asked sees it; the next one is answered
                }
            }
        });
        return server;
    }

    private static void answer(Socket socket) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        var first = lines.readLine();
        if (first == null) return; // it only wanted to connect
        int heads = 0;
        for (var line = first; line != null && !line.isEmpty(); line = lines.readLine()) heads++;
        assertThat(heads).isPositive();
        var status = first.startsWith("GET /ready ") ? "204 No Content" : "404 Not Found";
        var length = status.startsWith("204") ? "" : "Content-Length: 0\r\n";
        var head = "HTTP/1.1 " + status + "\r\n" + length + "Connection: close\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(US_ASCII));
    }

    @Test
    void whatAnswersAsExpectedServes() throws IOException {
        try (var server = server();
                var probes = new NetworkProbes()) {
            int port = server.getLocalPort();
            assertThat(probes.ailment(HERE, http(port, "/ready", 204, PATIENT))).isEmpty();
            assertThat(probes.ailment(HERE, tcp(port))).isEmpty();
            assertThat(probes.ailment(HERE, http(port, "/ready", 200, PATIENT)))
                    .contains("http://127.0.0.1:%d/ready answers 204; expected 200".formatted(port));
            assertThat(probes.ailment(HERE, http(port, "/lost", 200, PATIENT)).orElseThrow())
                    .contains("answers 404");
        }
    }

    /** The port is held by a socket that never listens: one that was closed might still answer, or be somebody else's by now. */
    @Test
    void whereNobodyListensNobodyServes() throws IOException {
        try (var held = new Socket();
                var probes = new NetworkProbes()) {
            held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = held.getLocalPort();
            assertThat(probes.ailment(HERE, http(port, "/ready", 204, PATIENT))).isPresent();
            assertThat(probes.ailment(HERE, tcp(port)).orElseThrow()).contains("no answer from 127.0.0.1");
        }
    }

    /** It takes the connection and never says a word. */
    @Test
    void whatKeepsSilentIsGivenUp() throws IOException {
        try (var mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                var probes = new NetworkProbes()) {
            assertThat(probes.ailment(HERE, http(mute.getLocalPort(), "/", 200, SHORT))
                            .orElseThrow())
                    .contains("no answer from 127.0.0.1");
        }
    }

    @Test
    @Timeout(60)
    void bodyThatNeverEndsIsNotWaitedFor() throws Exception {
        try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                var probes = new NetworkProbes()) {
            var asked = Thread.ofVirtual().start(() -> {
                try (var socket = server.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n".getBytes(US_ASCII));
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream()); // until it hangs up
                } catch (IOException broken) {
                    // as well as hanging up
                }
            });
            assertThat(probes.ailment(HERE, http(server.getLocalPort(), "/", 200, PATIENT)))
                    .isEmpty();
            asked.join();
        }
    }
}
