package regie.agent.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets through between agents, and who does not. */
class AgentTunnelTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestAuthority room = new TestAuthority();
    private AgentTunnel here;

    @BeforeEach
    void echo() throws IOException {
        here = open(room.agent("h2", HOUR));
        here.answer(purpose -> {
            if (!purpose.equals("echo")) throw new IOException("nothing but echo");
            return stream -> {
                stream.in().transferTo(stream.out());
                stream.close();
            };
        });
    }

    @AfterEach
    void close() throws IOException {
        here.close();
    }

    @Test
    void bytesComeThroughBothWays() throws IOException {
        try (var there = open(room.agent("h1", HOUR));
                var stream = there.connect(here.address(), "echo")) {
            stream.out().write("as they are".getBytes(UTF_8));
            stream.endOutput();
            assertThat(new String(stream.in().readAllBytes(), UTF_8)).isEqualTo("as they are");
        }
    }

    @Test
    void purposeThatIsTurnedAwaySaysWhy() throws IOException {
        try (var there = open(room.agent("h1", HOUR))) {
            assertThatThrownBy(() -> there.connect(here.address(), "gold")).hasMessageContaining("nothing but echo");
        }
    }

    @Test
    void agentOfAnotherRoomIsNotHeard() throws IOException {
        try (var there = open(new TestAuthority().agent("h1", HOUR))) {
            assertThatThrownBy(() -> there.connect(here.address(), "echo")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void agentWhoseCertificateHasEndedIsNotHeard() throws IOException {
        try (var there = open(room.agent("h1", Duration.ofHours(-1)))) {
            assertThatThrownBy(() -> there.connect(here.address(), "echo")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void roomItselfIsNoAgent() throws IOException {
        try (var there = open(room.room())) {
            assertThatThrownBy(() -> there.connect(here.address(), "echo")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void anotherAgentAtTheAddressIsFoundOut() throws IOException {
        try (var there = open(room.agent("h1", HOUR))) {
            var elsewhere = here.address().replace(" h2", " h3");
            assertThatThrownBy(() -> there.connect(elsewhere, "echo")).hasStackTraceContaining("not of h3");
        }
    }

    @Test
    void plainBytesAreNotHeard() throws IOException {
        var parts = here.address().split(" ", -1);
        try (var plain = new Socket(parts[0], Integer.parseInt(parts[1]))) {
            plain.getOutputStream().write("echo\nhello\n".getBytes(UTF_8));
            plain.setSoTimeout(20_000);
            assertThat(new String(plain.getInputStream().readAllBytes(), UTF_8)).doesNotContain("hello");
        }
    }

    private static AgentTunnel open(Credentials own) throws IOException {
        return AgentTunnel.open("127.0.0.1", 0, () -> own);
    }
}
