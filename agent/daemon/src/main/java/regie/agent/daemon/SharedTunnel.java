package regie.agent.daemon;

import java.io.IOException;
import java.util.Optional;
import regie.agent.channel.AgentTunnel;
import regie.agent.contract.HostTunnel;

/** The agent's one door for other agents, behind which beats of the lease go one way and all else the engine's. */
final class SharedTunnel implements HostTunnel, AutoCloseable {
    private final AgentTunnel tunnel;
    private volatile Optional<Guard> engine = Optional.empty();

    private SharedTunnel(AgentTunnel tunnel) {
        this.tunnel = tunnel;
    }

    static SharedTunnel over(AgentTunnel tunnel, Mesh mesh) {
        var shared = new SharedTunnel(tunnel);
        tunnel.answer(purpose -> shared.admit(purpose, mesh));
        return shared;
    }

    private Taker admit(String purpose, Mesh mesh) throws IOException {
        if (purpose.equals(Mesh.PURPOSE)) return mesh::serve;
        if (engine.isEmpty()) throw new IOException("nobody takes this here");
        return engine.get().admit(purpose);
    }

    @Override
    public String address() {
        return tunnel.address();
    }

    @Override
    public Stream connect(String address, String purpose) throws IOException {
        return tunnel.connect(address, purpose);
    }

    /** For all that is not the mesh's. */
    @Override
    public void answer(Guard guard) {
        engine = Optional.of(guard);
    }

    @Override
    public void close() throws IOException {
        tunnel.close();
    }
}
