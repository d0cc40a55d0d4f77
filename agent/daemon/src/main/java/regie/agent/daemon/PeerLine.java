package regie.agent.daemon;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import regie.agent.contract.HostTunnel;
import regie.agent.contract.Timeline;
import regie.agent.lease.Answer;
import regie.agent.lease.Beat;

/**
 * The connection to one other agent, made anew whenever it breaks or says nothing. Whoever sends never waits: of each host only its
 * newest beat is kept, for an older one is worth less in every respect.
 */
final class PeerLine implements AutoCloseable {
    private static final Logger LOG = System.getLogger("regie.agent.lease");
    private static final int HOSTS_MAX = 20_000;
    private static final long AGAIN_MILLIS = 250;
    private static final long AGAIN_MILLIS_MAX = 4_000;
    /** A peer that answers nothing for so long is called anew: the connection may be one that only seems to be. */
    private static final long MUTE_MILLIS = 3_000;

    private static final long IDLE_MILLIS = 60_000;

    private record Key(String voter, String host) {}

    private final HostTunnel tunnel;
    private final String address;
    private final Timeline timeline;
    private final Consumer<Answer> answers;
    private final Map<Key, Beat> waiting = new LinkedHashMap<>();
    private Optional<HostTunnel.Stream> current = Optional.empty();
    private long answeredMillis;
    private long sentMillis;
    private boolean closed;

    private PeerLine(HostTunnel tunnel, String address, Timeline timeline, Consumer<Answer> answers) {
        this.tunnel = tunnel;
        this.address = address;
        this.timeline = timeline;
        this.answers = answers;
        sentMillis = timeline.nowMillis();
    }

    static PeerLine open(HostTunnel tunnel, String address, Timeline timeline, Consumer<Answer> answers) {
        var line = new PeerLine(tunnel, address, timeline, answers);
        Thread.ofVirtual().name("lease-line").start(line::run);
        return line;
    }

    void send(String voter, Beat beat) {
        Optional<HostTunnel.Stream> mute = Optional.empty();
        synchronized (this) {
            sentMillis = timeline.nowMillis();
            if (waiting.size() < HOSTS_MAX) waiting.put(new Key(voter, beat.host()), beat);
            notifyAll();
            if (current.isPresent() && sentMillis - answeredMillis > MUTE_MILLIS) {
                mute = current;
                current = Optional.empty();
            }
        }
        mute.ifPresent(PeerLine::drop);
    }

    /** True where it was: nobody has had anything to say on it. */
    synchronized boolean closeIfIdle() {
        if (timeline.nowMillis() - sentMillis < IDLE_MILLIS) return false;
        close();
        return true;
    }

    private void run() {
        long again = AGAIN_MILLIS;
        try {
            while (!isClosed()) {
                try {
                    var stream = tunnel.connect(address, Mesh.PURPOSE);
                    begin(stream);
                    Thread.ofVirtual().name("lease-answers").start(() -> hear(stream));
                    again = AGAIN_MILLIS;
                    speak(stream);
                } catch (IOException failed) {
                    LOG.log(Level.DEBUG, "no lease line to {0}: {1}", address, failed.getMessage());
                }
                timeline.pause(again);
                again = Math.min(2 * again, AGAIN_MILLIS_MAX);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void begin(HostTunnel.Stream stream) throws IOException {
        synchronized (this) {
            if (!closed) {
                current = Optional.of(stream);
                answeredMillis = timeline.nowMillis();
                waiting.clear(); // they were said to nobody, and are old
                return;
            }
        }
        stream.close();
        throw new IOException("closed meanwhile");
    }

    private void speak(HostTunnel.Stream stream) throws IOException, InterruptedException {
        for (var beats = next(stream); !beats.isEmpty(); beats = next(stream)) {
            for (var each : beats) stream.out().write(MeshWire.line(each));
        }
    }

    /** Waits for something to say; nothing where the connection is not the one any more. */
    private synchronized List<MeshWire.Asked> next(HostTunnel.Stream stream) throws InterruptedException {
        while (waiting.isEmpty() && current.equals(Optional.of(stream))) wait();
        var beats = new ArrayList<MeshWire.Asked>();
        if (current.equals(Optional.of(stream))) {
            waiting.forEach((key, beat) -> beats.add(new MeshWire.Asked(key.voter(), beat)));
            waiting.clear();
        }
        return beats;
    }

    private void hear(HostTunnel.Stream stream) {
        try {
            var in = new MeshWire.Reader(stream.in());
            for (var answer = in.answer(); answer.isPresent(); answer = in.answer()) {
                synchronized (this) {
                    answeredMillis = timeline.nowMillis();
                }
                answers.accept(answer.get());
            }
        } catch (IOException broken) {
            LOG.log(Level.DEBUG, "the lease line to {0} broke: {1}", address, broken.getMessage());
        } finally {
            synchronized (this) {
                if (current.equals(Optional.of(stream))) current = Optional.empty();
                notifyAll();
            }
            drop(stream);
        }
    }

    /** On a thread of its own: the end of a TLS connection waits for whoever is writing on it, and that one may wait for the peer. */
    private static void drop(HostTunnel.Stream stream) {
        Thread.ofVirtual().name("lease-end").start(() -> {
            try {
                stream.close();
            } catch (IOException gone) {
                LOG.log(Level.DEBUG, "a lease line was gone already: {0}", gone.getMessage());
            }
        });
    }

    @Override
    public void close() {
        Optional<HostTunnel.Stream> last;
        synchronized (this) {
            closed = true;
            last = current;
            current = Optional.empty();
            notifyAll();
        }
        last.ifPresent(PeerLine::drop);
    }
}
