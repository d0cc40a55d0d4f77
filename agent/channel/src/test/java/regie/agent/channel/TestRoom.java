package regie.agent.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ByteChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import regie.agent.contract.JoinToken;
import regie.agent.contract.Report;
import regie.agent.contract.Wish;
import regie.agent.contract.WishRefused;

/** A control room of the least kind, behind a real door: it wishes what a test wishes and writes down what it hears. */
public final class TestRoom implements RoomSide, AutoCloseable {
    public static final String SECRET = "s".repeat(43);

    public final TestAuthority authority;
    public final Map<String, HostLine> lines = new ConcurrentHashMap<>();
    public final Map<String, Report> reports = new ConcurrentHashMap<>();
    public final Map<String, Wish> wishes = new ConcurrentHashMap<>();
    public final Map<String, Path> artifacts = new ConcurrentHashMap<>();
    public final List<JoinRequest> joins = new CopyOnWriteArrayList<>();
    public final Set<String> revoked = ConcurrentHashMap.newKeySet();
    public final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    public final BlockingQueue<ByteChannel> consoles = new LinkedBlockingQueue<>();
    public volatile Duration life = Duration.ofDays(100);
    private AgentDoor door;

    public TestRoom(TestAuthority authority) throws IOException {
        this.authority = authority;
        door = AgentDoor.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), authority.room(), this);
    }

    public RoomAddress address() {
        return new RoomAddress("127.0.0.1", door.port());
    }

    public JoinToken token() {
        return new JoinToken("token123", SECRET, authority.fingerprint());
    }

    /** The room is gone until {@link #comeBack}; what it knows it keeps. */
    public int vanish() {
        int port = door.port();
        door.close();
        lines.clear();
        return port;
    }

    public void comeBack(int port) throws IOException {
        door = AgentDoor.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), authority.room(), this);
    }

    public void wish(Wish wish) {
        wishes.put(wish.host(), wish);
        Optional.ofNullable(lines.get(wish.host())).ifPresent(line -> line.wish(wish));
    }

    public HostLine line(String host) {
        return Objects.requireNonNull(lines.get(host), () -> host + " does not attend");
    }

    /** Waits for the next word that begins with {@code start}, passing over all others. */
    public String hear(String start) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            var word = heard.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            assertThat(word).as("a word that begins with '%s'", start).isNotNull();
            if (word.startsWith(start)) return word;
        }
    }

    @Override
    public Issued join(JoinRequest request) throws Denied {
        joins.add(request);
        if (!request.tokenSecret().equals(SECRET)) throw new Denied("unknown token");
        if (joins.stream()
                        .filter(join -> join.tokenId().equals(request.tokenId()))
                        .count()
                > 1) {
            throw new Denied("token %s was used already".formatted(request.tokenId()));
        }
        return authority.issue("agent-" + request.servers().replaceAll("\\W", "-"), request.requestPem(), life);
    }

    @Override
    public void admit(Peer peer) throws Denied {
        if (revoked.contains(peer.agent())) throw new Denied("agent %s was revoked".formatted(peer.agent()));
    }

    @Override
    public Issued renew(Peer peer, String requestPem) {
        heard.add("renew " + peer.agent());
        return authority.issue(peer.agent(), requestPem, life);
    }

    @Override
    public Attendance attend(Peer peer, FromHost.Hello hello, HostLine line) {
        var host = hello.host();
        lines.put(host, line);
        heard.add("hello %s %d".formatted(host, hello.generation()));
        Optional.ofNullable(wishes.get(host)).ifPresent(line::wish);
        return new Ear(host, line);
    }

    @Override
    public SeekableByteChannel artifact(Peer peer, String sha256) throws Denied, IOException {
        heard.add("fetch " + sha256);
        var path = artifacts.get(sha256);
        if (path == null) throw new Denied("there is no artifact " + sha256);
        return FileChannel.open(path);
    }

    @Override
    public void console(Peer peer, UUID session, ByteChannel console) {
        heard.add("console " + session);
        consoles.add(console);
    }

    @Override
    public void close() {
        door.close();
    }

    /** What is said for the sake of the lease, and on which line to answer. */
    public volatile BiConsumer<HostLine, FromHost.OfLease> leases = (_, _) -> {};

    private final class Ear implements Attendance {
        private final String host;
        private final HostLine line;

        Ear(String host, HostLine line) {
            this.host = host;
            this.line = line;
        }

        @Override
        public void report(Report report) {
            reports.put(host, report);
            heard.add("report %s %d".formatted(host, report.generation()));
        }

        @Override
        public void beat() {
            heard.add("beat " + host);
        }

        @Override
        public void refused(long generation, WishRefused.Reason reason, String detail) {
            heard.add("refused %s %d %s".formatted(host, generation, reason));
        }

        @Override
        public void consoleLog(long request, byte[] bytes, String failure) {
            heard.add("log %d %d bytes %s".formatted(request, bytes.length, failure));
        }

        @Override
        public void consoleRefused(UUID session, String reason) {
            heard.add("no console %s %s".formatted(session, reason));
        }

        @Override
        public void examined(regie.agent.contract.Vitals vitals) {
            heard.add("examined " + vitals);
        }

        @Override
        public void lease(FromHost.OfLease word) {
            leases.accept(line, word);
        }

        @Override
        public void left(String why) {
            lines.remove(host, line);
            heard.add("left " + host);
        }
    }
}
