package regie.agent.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import regie.agent.contract.Artifact;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.Report;
import regie.agent.contract.Wish;
import regie.agent.contract.WishRefused;
import regie.agent.lease.Answer;
import regie.agent.lease.Beat;
import regie.agent.lease.LeaseProfile;
import regie.agent.lease.Refusals;
import regie.agent.lease.Refused;
import regie.agent.lease.Terms;

class WireTest {
    private static final UUID UID = new UUID(1, 2);

    static Stream<FromHost> fromHost() {
        var seen = new GuestSeen(UID, 3, GuestSeen.State.CRASHED, 1, 2, "qemu ended");
        return Stream.of(
                new FromHost.Hello("par1-h01", 1, 7),
                new FromHost.Seen(new Report("par1-h01", 7, new Claim(4, 1024, 10), List.of(seen))),
                new FromHost.Beat(),
                new FromHost.Refused(7, WishRefused.Reason.STALE, "older"),
                new FromHost.ConsoleLog(9, ByteBuffer.wrap(new byte[] {0, -1, 13}), ""),
                new FromHost.ConsoleRefused(UID, "no such guest"),
                new FromHost.CanLease(true, 3, "10.0.0.1 7072 par1-h01"),
                new FromHost.Beating(new Beat("par1-h01", Long.MAX_VALUE, 9, 2, true, true)),
                new FromHost.Promised(List.of(new Refused("par1-h02", "par1-h01", 4, 1_000_000_000L))),
                new FromHost.Watching(List.of("par1-h01"), List.of()));
    }

    @ParameterizedTest
    @MethodSource
    void fromHost(FromHost message) throws Exception {
        assertThat(again(message, FromHost.class)).isEqualTo(message);
    }

    static Stream<FromRoom> fromRoom() {
        var machine = new Guest.Machine(
                new Claim(1, 512, 5),
                List.of(new Artifact(Artifact.Role.KERNEL, Artifact.Format.RAW, "0".repeat(64), 9)),
                "console=ttyS0",
                List.of(new Guest.Nic("52:54:00:00:00:01", "br0")),
                new Guest.CloudInit("m", "u", "n"));
        var guest = new Guest(UID, "web-1", 2, Guest.Power.ON, 0, 1, machine);
        return Stream.of(
                new FromRoom.Wished(new Wish("par1-h01", 8, List.of(guest))),
                new FromRoom.OpenConsole(UID, UID),
                new FromRoom.ReadConsoleLog(4, UID, 100),
                new FromRoom.Answered(new Answer(Answer.ROOM, "par1-h01", -5, 9, Answer.Kind.ABSTAINED)),
                new FromRoom.Termed(
                        new Terms(
                                "par1-h01",
                                2,
                                LeaseProfile.SAFE,
                                List.of(new Terms.VoterAddress("par1-h02", "10.0.0.2 7072 par1-h02"))),
                        200),
                new FromRoom.Refusing(new Refusals(3, Map.of("par1-h01", 4L))),
                new FromRoom.Bye("room stops"));
    }

    @ParameterizedTest
    @MethodSource
    void fromRoom(FromRoom message) throws Exception {
        assertThat(again(message, FromRoom.class)).isEqualTo(message);
    }

    @Test
    void fieldsAndMessagesOfANewerPeerArePassedOver() {
        assertThat(parse("{\"is\":\"Bye\",\"reason\":\"stop\",\"mood\":{\"x\":[1]}}", FromRoom.class))
                .isEqualTo(new FromRoom.Bye("stop"));
        assertThat(parse("{\"is\":\"Sing\",\"song\":1}", FromRoom.class)).isEqualTo(new FromRoom.Unknown());
        assertThat(parse("{\"is\":\"Dance\"}", FromHost.class)).isEqualTo(new FromHost.Unknown());
    }

    @Test
    void whatIsNoMessageIsRefused() {
        assertThatThrownBy(() -> parse("{\"is\":", FromRoom.class)).isInstanceOf(StatusRuntimeException.class);
        assertThatThrownBy(
                        () -> parse("{\"is\":\"Wished\",\"wish\":{\"host\":\"h\",\"generation\":-1}}", FromRoom.class))
                .isInstanceOf(StatusRuntimeException.class);
    }

    @Test
    void secretOfAJoinIsInNoLog() {
        assertThat(new JoinRequest("id", "secret-word", "par1-h01", "pem").toString())
                .doesNotContain("secret-word");
    }

    private static <M> M again(M message, Class<M> type) throws Exception {
        var marshaller = Wire.json(type);
        return parse(new String(marshaller.stream(message).readAllBytes(), UTF_8), type);
    }

    private static <M> M parse(String json, Class<M> type) {
        return Wire.json(type).parse(new ByteArrayInputStream(json.getBytes(UTF_8)));
    }
}
