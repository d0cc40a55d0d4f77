package regie.agent.channel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import regie.agent.contract.Artifact;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.Handover;
import regie.agent.contract.HandoverSeen;
import regie.agent.contract.Layout;
import regie.agent.contract.Report;
import regie.agent.contract.Vitals;
import regie.agent.contract.Wish;
import regie.agent.contract.WishRefused;
import regie.agent.lease.Answer;
import regie.agent.lease.Beat;
import regie.agent.lease.LeaseProfile;
import regie.agent.lease.Refusals;
import regie.agent.lease.Refused;
import regie.agent.lease.Terms;

/** One of each message of the channel, with something in every field. */
final class SampleMessages {
    private static final UUID GUEST = UUID.fromString("0b8f2f5e-7a51-4d53-9d0e-2f7f0a3c1d11");
    private static final UUID SESSION = UUID.fromString("5f1c0b5e-8f0e-4f4e-9d38-0b1d7f0c9f3a");
    private static final Claim CLAIM = new Claim(2, 4096, 20);

    private SampleMessages() {}

    static List<FromHost> fromHost() {
        return List.of(
                new FromHost.Hello("par1-h01", Methods.PROTOCOL, 41),
                new FromHost.Seen(new Report("par1-h01", 42, CLAIM, List.of(seen()), true)),
                new FromHost.Beat(),
                new FromHost.Examined(new Vitals("4f0c2a9e-6f43-4c5b-8a55-2f6f1b1d7c21", true, 250, 0, "")),
                new FromHost.Refused(43, WishRefused.Reason.STALE, "older than 42"),
                new FromHost.ConsoleLog(7, ByteBuffer.wrap("login: ".getBytes(StandardCharsets.US_ASCII)), ""),
                new FromHost.ConsoleRefused(SESSION, "the guest is off"),
                new FromHost.CanLease(true, 3, "10.0.0.5:7072"),
                new FromHost.Beating(new Beat("par1-h01", 12, 345, 3, true, true)),
                new FromHost.Promised(List.of(new Refused("par1-h01", "par1-h02", 2, 1_500_000_000L))),
                new FromHost.Watching(List.of("par1-h02"), List.of("par1-h03")));
    }

    static List<FromRoom> fromRoom() {
        return List.of(
                new FromRoom.Wished(new Wish("par1-h01", 42, List.of(guest()))),
                new FromRoom.OpenConsole(SESSION, GUEST),
                new FromRoom.Reboot("4f0c2a9e-6f43-4c5b-8a55-2f6f1b1d7c21"),
                new FromRoom.ReadConsoleLog(7, GUEST, 65_536),
                new FromRoom.Answered(new Answer(Answer.ROOM, "par1-h01", 12, 345, Answer.Kind.GRANTED)),
                new FromRoom.Termed(
                        new Terms(
                                "par1-h01",
                                3,
                                LeaseProfile.SAFE,
                                List.of(new Terms.VoterAddress("par1-h02", "10.0.0.6:7072"))),
                        200),
                new FromRoom.Refusing(new Refusals(5, Map.of("par1-h02", 2L))),
                new FromRoom.Bye("the room stops"));
    }

    private static GuestSeen seen() {
        return new GuestSeen(
                GUEST,
                4,
                GuestSeen.State.RUNNING,
                1,
                2,
                "",
                Optional.of(new HandoverSeen(HandoverSeen.Stage.READY, 6, "tls://10.0.0.5", "", 0, 0)));
    }

    private static Guest guest() {
        var layout = new Layout(
                Layout.Cpu.DEDICATED,
                2,
                List.of(new Layout.Cell(0, 2, 4096)),
                "ssd",
                List.of(new Layout.Devices(Layout.Sort.GPU, "l4", 0, 1, List.of("0000:01:00.0"))),
                1000);
        var machine = new Guest.Machine(
                CLAIM,
                Optional.of(layout),
                List.of(new Artifact(Artifact.Role.KERNEL, Artifact.Format.RAW, "ab".repeat(32), 4096)),
                "console=ttyS0",
                List.of(new Guest.Nic("52:54:00:00:00:01", "br0")),
                new Guest.CloudInit("instance-id: a", "#cloud-config", "version: 2"));
        return new Guest(
                GUEST,
                "web-1",
                4,
                Guest.Power.ON,
                1,
                2,
                machine,
                Optional.of(Handover.departsTo("par1-h02", 6, "tls://10.0.0.6")));
    }
}
