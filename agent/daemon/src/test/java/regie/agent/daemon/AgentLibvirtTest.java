package regie.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static regie.agent.daemon.Wishes.HOST;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.agent.channel.TestAuthority;
import regie.agent.channel.TestRoom;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;
import regie.agent.contract.GuestSeen.State;
import regie.agent.contract.Wish;
import regie.lab.MicroImage;
import regie.lab.SandboxHost;
import regie.lab.SandboxSettings;

/** From a wish over TLS to a real QEMU process whose image came through the channel, and which outlives its agent. */
class AgentLibvirtTest {
    private static final UUID GUEST = new UUID(7, 7);

    @TempDir
    Path folder;

    @Test
    void realGuestRunsFromAnImageOfTheRoomAndOutlivesItsAgent() throws Exception {
        var obstacle = SandboxHost.obstacle();
        assumeTrue(obstacle.isEmpty(), obstacle::toString);
        var image = image();
        var link = "rga" + ProcessHandle.current().pid();
        var lab = new SandboxSettings(
                HOST, link, "203.0.113.1/24", "203.0.113.2/24", folder.resolve("cache"), folder.resolve("log"));
        try (var room = new TestRoom(new TestAuthority());
                var host = SandboxHost.start(lab)) {
            for (var artifact : image.artifacts()) room.artifacts.put(artifact.sha256(), image.fetch(artifact));
            room.wish(new Wish(HOST, 1, List.of(guest(image))));
            try (var _ = AgentProcess.start(settings(room, host))) {
                awaitRunning(room);
            }
            var process = host.guest(GUEST.toString()).orElseThrow();
            room.reports.clear();
            try (var _ = AgentProcess.start(settings(room, host))) {
                awaitRunning(room);
                assertThat(host.guest(GUEST.toString()).orElseThrow().pid()).isEqualTo(process.pid());
                room.wish(new Wish(HOST, 2, List.of()));
                room.hear("report %s 2".formatted(HOST));
                while (process.isAlive()) room.hear("beat");
            }
        }
        for (var artifact : image.artifacts()) {
            assertThat(folder.resolve("data/artifacts").resolve(artifact.sha256()))
                    .hasSize(artifact.bytes());
        }
    }

    private static void awaitRunning(TestRoom room) throws InterruptedException {
        do {
            room.hear("report");
        } while (Objects.requireNonNull(room.reports.get(HOST)).guests().stream()
                .noneMatch(seen -> seen.state() == State.RUNNING));
    }

    private static MicroImage image() {
        try {
            return MicroImage.build(MicroImage.repository());
        } catch (IOException trouble) {
            assumeTrue(false, "no micro image: " + trouble.getMessage());
            throw new AssertionError(trouble);
        }
    }

    private static Guest guest(MicroImage image) {
        var machine = new Guest.Machine(
                new Claim(1, 128, 1),
                image.artifacts(),
                image.kernelArguments(),
                List.of(new Guest.Nic("52:54:00:c6:33:07", SandboxSettings.BRIDGE)),
                new Guest.CloudInit("instance-id: i-1\n", "#cloud-config\n", "version: 2\n"));
        return new Guest(GUEST, "web-1", 1, Guest.Power.ON, 0, 0, machine);
    }

    private AgentSettings settings(TestRoom room, SandboxHost host) {
        return new AgentSettings(
                List.of(room.address()),
                HOST,
                Optional.of(room.token()),
                folder.resolve("data"),
                AgentSettings.EngineKind.LIBVIRT,
                Optional.of(new Claim(2, 1024, 10)),
                host.libvirtUri(),
                new AgentSettings.Simulated(0, Optional.empty(), Optional.empty()),
                1 << 30,
                new AgentSettings.Peers(Optional.empty(), 0),
                false);
    }
}
