package regie.agent.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.agent.contract.Claim;
import regie.agent.contract.Report;
import regie.agent.contract.Timeline;
import regie.agent.contract.Wish;
import regie.agent.contract.WishRefused;

/** What both ends say to each other, over real TLS on the loopback. */
class RoomLinkTest {
    private static final String HOST = "par1-h01";

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private TestRoom room;
    private RoomLink link;

    @BeforeEach
    void open() throws Exception {
        room = new TestRoom(new TestAuthority());
        var agent = room.authority.agent("agent-1", Duration.ofHours(1));
        link = new RoomLink(List.of(room.address()), agent, Timeline.on(scheduler), new Random(1));
    }

    @AfterEach
    void close() {
        link.close();
        room.close();
        scheduler.shutdownNow();
    }

    @Test
    void hostAttendsTakesWishesAndTellsWhatItSees() throws Exception {
        var host = new TestHost(HOST);
        var wish = new Wish(HOST, 6, List.of());
        room.wish(wish);
        try (var line = link.attend(host)) {
            assertThat(host.wishes.poll(60, TimeUnit.SECONDS)).isEqualTo(wish);
            line.report(report(6));
            line.beat();
            line.refused(4, WishRefused.Reason.STALE, "older");
            assertThat(room.hear("hello")).isEqualTo("hello par1-h01 5");
            room.hear("report par1-h01 6");
            room.hear("refused par1-h01 4 STALE");
            assertThat(room.reports.get(HOST)).isEqualTo(report(6));
        }
        room.hear("left");
    }

    @Test
    void hostComesAgainAfterTheRoomVanished() throws Exception {
        var host = new TestHost(HOST);
        try (var line = link.attend(host)) {
            room.hear("hello");
            int port = room.vanish();
            line.report(report(1));
            room.wish(new Wish(HOST, 7, List.of()));
            room.comeBack(port);
            room.hear("hello");
            assertThat(host.wishes.poll(60, TimeUnit.SECONDS)).isEqualTo(new Wish(HOST, 7, List.of()));
        }
    }

    @Test
    void hostComesAgainAfterTheRoomSaidBye() throws Exception {
        try (var line = link.attend(new TestHost(HOST))) {
            room.hear("hello");
            room.line(HOST).bye("room stops");
            room.hear("left");
            room.hear("hello");
            line.beat();
        }
    }

    @Test
    void newCredentialsTakeOver() throws Exception {
        try (var _ = link.attend(new TestHost(HOST))) {
            room.hear("hello");
            link.use(room.authority.agent("agent-2", Duration.ofHours(1)));
            room.hear("hello");
            link.renew(TestAuthority.request(TestAuthority.newKeys()));
            room.hear("renew agent-2");
        }
    }

    @Test
    void fiveHundredHostsShareOneLink() throws Exception {
        var hosts = new ArrayList<TestHost>();
        for (int number = 0; number < 500; number++) {
            var host = new TestHost("h" + number);
            room.wishes.put(host.host(), new Wish(host.host(), 9, List.of()));
            hosts.add(host);
            link.attend(host);
        }
        for (var host : hosts) {
            assertThat(host.wishes.poll(60, TimeUnit.SECONDS)).isEqualTo(new Wish(host.host(), 9, List.of()));
        }
    }

    @Test
    void artifactComesWholeOrFromAnOffset(@TempDir Path folder) throws Exception {
        var bytes = new byte[3 * FetchedArtifact.CHUNK_BYTES + 17];
        new Random(2).nextBytes(bytes);
        room.artifacts.put("abc", Files.write(folder.resolve("image"), bytes));
        try (var stream = link.fetch("abc", 0)) {
            assertThat(stream.readAllBytes()).isEqualTo(bytes);
        }
        try (var stream = link.fetch("abc", bytes.length - 5L)) {
            assertThat(stream.readAllBytes()).hasSize(5).endsWith(bytes[bytes.length - 1]);
        }
        try (var stream = link.fetch("other", 0)) {
            assertThatThrownBy(stream::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("there is no artifact other");
        }
    }

    @Test
    void consoleCarriesBytesBothWaysUntilOneEndCloses() throws Exception {
        var session = UUID.randomUUID();
        try (var host = link.console(session)) {
            room.hear("console " + session);
            try (var operator = room.consoles.take()) {
                operator.write(ByteBuffer.wrap("uname\n".getBytes(UTF_8)));
                assertThat(read(host, 6)).isEqualTo("uname\n");
                var much = "x".repeat(200_000);
                var typing = Thread.startVirtualThread(() -> {
                    try {
                        host.write(ByteBuffer.wrap(much.getBytes(UTF_8)));
                    } catch (IOException broken) {
                        throw new IllegalStateException(broken);
                    }
                });
                assertThat(read(operator, much.length())).isEqualTo(much);
                typing.join();
            }
            assertThat(host.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void consoleLogIsAskedForAndAnswered() throws Exception {
        var host = new TestHost(HOST);
        var guest = UUID.randomUUID();
        try (var line = link.attend(host)) {
            room.hear("hello");
            room.line(HOST).readConsoleLog(3, guest, 100);
            assertThat(host.asked.poll(60, TimeUnit.SECONDS)).isEqualTo(new FromRoom.ReadConsoleLog(3, guest, 100));
            line.consoleLog(3, new byte[7], "");
            room.hear("log 3 7 bytes");
        }
    }

    private static String read(java.nio.channels.ByteChannel from, int bytes) throws IOException {
        var into = ByteBuffer.allocate(bytes);
        while (into.hasRemaining() && from.read(into) >= 0) {}
        return new String(into.array(), UTF_8);
    }

    private static Report report(long generation) {
        return new Report(HOST, generation, new Claim(1, 2, 3), List.of());
    }
}
