package regie.agent.daemon;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import regie.agent.contract.HostTunnel;
import regie.agent.contract.Timeline;
import regie.agent.lease.Answer;
import regie.agent.lease.Beat;
import regie.agent.lease.Terms.VoterAddress;

/** Beats among agents. Hosts of one process talk in memory; to any other agent there is one connection for all of them. */
final class Mesh implements AutoCloseable {
    /** What a connection is for. */
    static final String PURPOSE = "lease";
    /** A host has five voters at the most, and up to four terms at once only while it goes from one to the next. */
    private static final int LINES_MAX = 256;

    private final Timeline timeline;
    private final Map<String, Consumer<Answer>> leases = new ConcurrentHashMap<>();
    private final Map<String, HostVote> votes = new ConcurrentHashMap<>();
    private final Map<String, PeerLine> lines = new ConcurrentHashMap<>();
    private volatile Optional<HostTunnel> tunnel = Optional.empty();

    Mesh(Timeline timeline) {
        this.timeline = timeline;
    }

    /** @param lease takes the answers that come to the host's beats */
    void join(String host, HostVote vote, Consumer<Answer> lease) {
        leases.put(host, lease);
        votes.put(host, vote);
    }

    /** From now on other agents are within reach. */
    void open(HostTunnel other) {
        tunnel = Optional.of(other);
    }

    /** Where other agents reach this one; empty text where they can't. */
    String address() {
        return tunnel.map(HostTunnel::address).orElse("");
    }

    /** Said now or not at all; the answer comes to the host's lease. */
    void send(VoterAddress voter, Beat beat) {
        var near = votes.get(voter.host());
        if (near != null) near.heard(beat).ifPresent(this::answered);
        else line(voter.address()).ifPresent(line -> line.send(voter.host(), beat));
    }

    private Optional<PeerLine> line(String address) {
        var known = lines.get(address);
        if (known != null) return Optional.of(known);
        lines.values().removeIf(PeerLine::closeIfIdle);
        if (tunnel.isEmpty() || lines.size() >= LINES_MAX) return Optional.empty();
        return Optional.of(
                lines.computeIfAbsent(address, it -> PeerLine.open(tunnel.get(), it, timeline, this::answered)));
    }

    void answered(Answer answer) {
        var lease = leases.get(answer.host());
        if (lease != null) lease.accept(answer);
    }

    /** One connection of another agent, for as long as it lasts. */
    void serve(HostTunnel.Stream stream) throws IOException {
        try (stream) {
            var in = new MeshWire.Reader(stream.in());
            var out = stream.out();
            for (var asked = in.asked(); asked.isPresent(); asked = in.asked()) {
                var vote = votes.get(asked.get().voter());
                var answer = vote == null
                        ? Optional.<Answer>empty()
                        : vote.heard(asked.get().beat());
                if (answer.isPresent()) out.write(MeshWire.line(answer.get()));
            }
        }
    }

    @Override
    public void close() {
        lines.values().forEach(PeerLine::close);
    }
}
