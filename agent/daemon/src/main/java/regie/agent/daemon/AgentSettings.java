package regie.agent.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import regie.agent.channel.RoomAddress;
import regie.agent.contract.Claim;
import regie.agent.contract.JoinToken;

/**
 * What an agent is told at its start.
 *
 * @param rooms where the servers of the room are
 * @param servers the server or range of servers it stands for
 * @param token needed only where the agent has not joined yet
 * @param capacity what each host gives to guests in all; where it is not told a real host is measured
 * @param artifactBytesMax how much disk images may take
 * @param peers where other agents reach this one
 * @param mayReboot whether the room may have this machine booted anew; simulated hosts always may
 */
record AgentSettings(
        List<RoomAddress> rooms,
        String servers,
        Optional<JoinToken> token,
        Path data,
        EngineKind engine,
        Optional<Claim> capacity,
        String libvirtUri,
        Simulated simulated,
        long artifactBytesMax,
        Peers peers,
        boolean mayReboot) {

    AgentSettings {
        rooms = List.copyOf(rooms);
        if (engine != EngineKind.SIMULATED && ServerNames.expand(servers).size() != 1) {
            throw new IllegalArgumentException(
                    "'%s' is a range: only simulated hosts can share one agent".formatted(servers));
        }
    }

    enum EngineKind {
        LIBVIRT,
        SIMULATED
    }

    /**
     * @param faults what the hosts are to suffer, see {@link FaultsFile}
     * @param journal where they write what they truly run, see {@link Journal}
     */
    record Simulated(long bootMillis, Optional<Path> faults, Optional<Path> journal) {}

    /** @param address by which other agents reach this machine; where it is not told, the one by which it reaches the room */
    record Peers(Optional<String> address, int port) {
        /** Where nothing else is said. */
        static final int PORT = 7072;

        /** @throws IOException where the room's name has no address */
        String address(RoomAddress room) throws IOException {
            return address.isPresent() ? address.get() : towards(room);
        }

        /** Asks the routing table; nothing is sent. */
        private static String towards(RoomAddress room) throws IOException {
            try (var socket = new DatagramSocket()) {
                socket.connect(new InetSocketAddress(room.host(), room.port()));
                return socket.getLocalAddress().getHostAddress();
            } catch (UncheckedIOException | IllegalArgumentException unknown) {
                throw new IOException("there is no way to " + room, unknown);
            }
        }
    }

    List<String> names() {
        return ServerNames.expand(servers);
    }
}
