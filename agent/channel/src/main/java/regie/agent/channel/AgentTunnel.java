package regie.agent.channel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import regie.agent.contract.HostTunnel;

/**
 * Connections between agents: TLS 1.3, where each end shows the certificate that the room gave it. Whoever calls says in one line
 * what for, and is answered {@code ok} or why not; then the bytes are theirs.
 */
public final class AgentTunnel implements HostTunnel, AutoCloseable {
    private static final Logger LOG = System.getLogger("regie.agent.tunnel");
    private static final int CONNECT_MILLIS = 5_000;
    private static final int HANDSHAKE_MILLIS = 10_000;
    private static final int LINE_BYTES_MAX = 400;
    private static final int BACKLOG = 64;
    private static final String OK = "ok";

    private final ServerSocket door;
    private final String host;
    private final Supplier<Credentials> credentials;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private AgentTunnel(ServerSocket door, String host, Supplier<Credentials> credentials) {
        this.door = door;
        this.host = host;
        this.credentials = credentials;
    }

    /**
     * Listens for other agents.
     *
     * @param host name or address by which they reach this machine
     * @param port 0 takes a free one
     * @param credentials as they are now; they change when they are renewed
     * @throws IOException where nobody can listen there
     */
    public static AgentTunnel open(String host, int port, Supplier<Credentials> credentials) throws IOException {
        var door = new ServerSocket();
        try {
            door.setReuseAddress(true);
            door.bind(new InetSocketAddress(host, port), BACKLOG);
            return new AgentTunnel(door, host, credentials);
        } catch (IOException | RuntimeException failed) {
            door.close();
            throw failed;
        }
    }

    @Override
    public String address() {
        return "%s %d %s"
                .formatted(
                        host,
                        door.getLocalPort(),
                        AgentTls.name(credentials.get().certificate()));
    }

    @Override
    public Stream connect(String address, String purpose) throws IOException {
        var parts = address.split(" ", -1);
        if (parts.length != 3) throw new IOException("not an address of an agent: " + address);
        var plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(parts[0], Integer.parseInt(parts[1])), CONNECT_MILLIS);
            var secured = (SSLSocket) AgentTls.context(credentials.get(), parts[2])
                    .getSocketFactory()
                    .createSocket(plain, parts[0], plain.getPort(), true);
            shakeHands(secured);
            secured.getOutputStream().write((purpose + "\n").getBytes(StandardCharsets.UTF_8));
            var answer = line(secured.getInputStream());
            if (!answer.equals(OK)) throw new IOException("%s turns it away: %s".formatted(parts[0], answer));
            secured.setSoTimeout(0);
            return new Secured(secured);
        } catch (IOException | RuntimeException failed) {
            plain.close();
            throw failed instanceof IOException io ? io : new IOException("no tunnel to " + address, failed);
        }
    }

    @Override
    public void answer(Guard guard) {
        Thread.ofVirtual().name("tunnel-door").start(() -> {
            while (!door.isClosed()) {
                try {
                    var caller = door.accept();
                    Thread.ofVirtual().name("tunnel").start(() -> serve(caller, guard));
                } catch (IOException broken) {
                    if (!door.isClosed()) LOG.log(Level.WARNING, "a caller was lost: {0}", broken.getMessage());
                }
            }
        });
    }

    private void serve(Socket caller, Guard guard) {
        try (caller) {
            var secured = (SSLSocket) AgentTls.context(credentials.get(), "")
                    .getSocketFactory()
                    .createSocket(caller, host, caller.getPort(), true);
            secured.setUseClientMode(false);
            secured.setNeedClientAuth(true);
            shakeHands(secured);
            var taker = admitted(secured, guard);
            secured.setSoTimeout(0);
            taker.take(new Secured(secured));
        } catch (IOException | RuntimeException turnedAway) {
            LOG.log(Level.INFO, "{0} was turned away: {1}", caller.getInetAddress(), turnedAway.getMessage());
        }
    }

    private static Taker admitted(SSLSocket secured, Guard guard) throws IOException {
        try {
            var taker = guard.admit(line(secured.getInputStream()));
            secured.getOutputStream().write((OK + "\n").getBytes(StandardCharsets.UTF_8));
            return taker;
        } catch (IOException no) {
            secured.getOutputStream().write((no.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
            throw no;
        }
    }

    private static void shakeHands(SSLSocket secured) throws IOException {
        secured.setEnabledProtocols(new String[] {"TLSv1.3"});
        secured.setSoTimeout(HANDSHAKE_MILLIS);
        secured.startHandshake();
    }

    /** Byte by byte: what follows the line is not ours. */
    private static String line(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || bytes.size() == LINE_BYTES_MAX) throw new IOException("the other end said no line");
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Cuts all connections. */
    @Override
    public void close() throws IOException {
        door.close();
        for (var socket : open) socket.close();
    }

    private final class Secured implements Stream {
        private final SSLSocket socket;

        Secured(SSLSocket socket) {
            this.socket = socket;
            open.add(socket);
        }

        @Override
        public InputStream in() throws IOException {
            return socket.getInputStream();
        }

        @Override
        public OutputStream out() throws IOException {
            return socket.getOutputStream();
        }

        @Override
        public void endOutput() throws IOException {
            socket.shutdownOutput();
        }

        @Override
        public void close() throws IOException {
            open.remove(socket);
            socket.close();
        }
    }
}
