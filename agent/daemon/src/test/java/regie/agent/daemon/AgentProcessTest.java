package regie.agent.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static regie.agent.daemon.Wishes.HOST;
import static regie.agent.daemon.Wishes.guest;
import static regie.agent.daemon.Wishes.wish;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.agent.channel.TestAuthority;
import regie.agent.channel.TestRoom;
import regie.agent.contract.Claim;
import regie.agent.contract.JoinToken;
import regie.agent.contract.Wish;

/** The whole agent in this JVM, against a room behind real TLS. */
class AgentProcessTest {
    private TestRoom room;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws Exception {
        room = new TestRoom(new TestAuthority());
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void agentJoinsOnceTakesItsWishAndServesAConsole() throws Exception {
        room.wish(wish(4, guest(1, 1)));
        try (var _ = AgentProcess.start(settings(HOST, Optional.of(room.token())))) {
            room.hear("report par1-h01 4");
            var session = UUID.randomUUID();
            room.line(HOST).openConsole(session, new UUID(0, 1));
            room.hear("console " + session);
            try (var console = room.consoles.take()) {
                console.write(ByteBuffer.wrap("echo".getBytes(UTF_8)));
                var back = ByteBuffer.allocate(4);
                while (back.hasRemaining()) assertThat(console.read(back)).isPositive();
                assertThat(new String(back.array(), UTF_8)).isEqualTo("echo");
            }
            room.line(HOST).readConsoleLog(9, new UUID(0, 1), 10);
            room.hear("log 9 10 bytes");
            room.line(HOST).openConsole(session, new UUID(0, 2));
            room.hear("no console " + session);
        }
        try (var _ = AgentProcess.start(settings(HOST, Optional.empty()))) {
            assertThat(room.hear("hello")).isEqualTo("hello par1-h01 4");
        }
        assertThat(room.joins).hasSize(1);
    }

    @Test
    void keyAndWishesAreForTheirOwnerAlone() throws Exception {
        room.wish(wish(4, guest(1, 1)));
        try (var _ = AgentProcess.start(settings(HOST, Optional.of(room.token())))) {
            room.hear("report par1-h01 4");
        }
        for (var file : new String[] {"identity/agent.pem", "wishes/par1-h01.json"}) {
            assertThat(mode(file)).isEqualTo("rw-------");
            assertThat(mode(Path.of(file).getName(0).toString())).isEqualTo("rwx------");
        }
        assertThat(Files.readString(folder.resolve("wishes/par1-h01.json"))).doesNotContain(TestRoom.SECRET);
    }

    @Test
    void secondAgentOnOneFolderIsRefused() throws Exception {
        try (var _ = AgentProcess.start(settings(HOST, Optional.of(room.token())))) {
            assertThatThrownBy(() -> AgentProcess.start(settings(HOST, Optional.empty())))
                    .hasMessageContaining("another agent works in");
        }
    }

    @Test
    void agentWithoutTokenOrWithOneOfAnotherRoomSaysWhatToDo() throws Exception {
        assertThatThrownBy(() -> AgentProcess.start(settings(HOST, Optional.empty())))
                .isInstanceOf(Enrolment.NotJoined.class)
                .hasMessageContaining("give it a join token");
        var wrong = new JoinToken("token123", "x".repeat(43), room.authority.fingerprint());
        assertThatThrownBy(() -> AgentProcess.start(settings(HOST, Optional.of(wrong))))
                .isInstanceOf(Enrolment.NotJoined.class)
                .hasMessageContaining("unknown token");
    }

    @Test
    void certificateIsRenewedByItself() throws Exception {
        // The certificate is dated back by a day: two thirds of its life are over from the beginning.
        room.life = Duration.ofSeconds(5);
        try (var _ = AgentProcess.start(settings(HOST, Optional.of(room.token())))) {
            room.hear("renew agent-par1-h01");
            room.life = Duration.ofDays(100);
            while (Duration.between(Instant.now(), end()).toDays() < 90) room.hear("hello par1-h01");
        }
    }

    private Instant end() throws Exception {
        var kept = new Identity(folder.resolve("identity/agent.pem")).load().orElseThrow();
        return kept.certificate().getNotAfter().toInstant();
    }

    @Test
    void hundredSimulatedHostsLiveInOneAgent() throws Exception {
        for (int number = 1; number <= 100; number++) {
            var name = "h%03d".formatted(number);
            room.wishes.put(name, new Wish(name, 2, List.of(guest(number, 1))));
        }
        try (var _ = AgentProcess.start(settings("h[001-100]", Optional.of(room.token())))) {
            while (room.reports.values().stream()
                            .filter(report -> report.generation() == 2)
                            .count()
                    < 100) {
                room.hear("report");
            }
        }
    }

    @Test
    void rangeIsForSimulatedHosts() {
        assertThat(settings("h[01-10]", Optional.empty()).names()).hasSize(10);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("h[01-10]", Optional.empty(), AgentSettings.EngineKind.LIBVIRT))
                .withMessageContaining("only simulated hosts");
    }

    private String mode(String file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
    }

    private AgentSettings settings(String servers, Optional<JoinToken> token) {
        return settings(servers, token, AgentSettings.EngineKind.SIMULATED);
    }

    private AgentSettings settings(String servers, Optional<JoinToken> token, AgentSettings.EngineKind engine) {
        var simulated = new AgentSettings.Simulated(0, Optional.empty(), Optional.empty());
        var capacity = Optional.of(new Claim(8, 8192, 100));
        return new AgentSettings(
                List.of(room.address()),
                servers,
                token,
                folder,
                engine,
                capacity,
                "test:///default",
                simulated,
                1 << 30,
                new AgentSettings.Peers(Optional.empty(), 0),
                false);
    }
}
