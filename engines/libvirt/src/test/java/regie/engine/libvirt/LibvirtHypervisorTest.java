package regie.engine.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.agent.contract.Artifact;
import regie.agent.contract.Claim;
import regie.agent.contract.EngineFault;
import regie.agent.contract.Guest;
import regie.agent.contract.Guest.Power;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.GuestSeen.State;
import regie.agent.contract.Layout;
import regie.agent.contract.Wish;

/** What a real host promises beyond the contract. */
class LibvirtHypervisorTest {
    private static final String HOST = "par1-h01";
    private static final Claim ROOM = new Claim(8, 2048, 20);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static RealHost host;
    private static int hosts;

    private Path own;
    private LibvirtHypervisor hypervisor;
    private final UUID uid = UUID.randomUUID();

    @BeforeAll
    static void startHost() throws IOException {
        host = RealHost.start(HOST, folder);
    }

    @AfterAll
    static void stopHost() {
        if (host != null) host.close();
    }

    @BeforeEach
    void open() throws IOException {
        own = folder.resolve(Integer.toString(++hosts));
        hypervisor = host.hypervisor(own, ROOM);
    }

    @AfterEach
    void close() throws Exception {
        hypervisor.apply(new Wish(HOST, Long.MAX_VALUE, List.of()));
        hypervisor.close();
        assertThat(host.virsh("list", "--all", "--name")).isEmpty();
        assertThat(own.resolve("guests")).isEmptyDirectory();
    }

    @Test
    void guestAnswersHttpWithItsNameAndKeepsItsDiskOverAReboot() throws Exception {
        apply(1, guest(uid, 10, 0, 0));
        assertThat(page(10, "boots: 1")).contains("hostname: web-10", "address: " + RealHost.address(10), "uid: i-10");
        apply(2, guest(uid, 10, 1, 0));
        page(10, "boots: 2");
        apply(3, guest(uid, 10, 1, 1));
        page(10, "boots: 1");
        assertThat(new String(hypervisor.consoles().orElseThrow().log(uid, 4096), StandardCharsets.UTF_8))
                .contains("micro: web-10 answers HTTP");
    }

    @Test
    void dedicatedGuestRunsOnAThreadOfItsOwn() throws Exception {
        var shared = guest(uid, 10, 0, 0);
        var node = hypervisor.nodes().getFirst();
        var claim = shared.claim();
        var cell = new Layout.Cell(node.node(), claim.vcpus(), claim.memoryMiB());
        var layout = new Layout(Layout.Cpu.DEDICATED, 0, List.of(cell), "", List.of(), 0);
        apply(1, shared.with(shared.machine().with(claim, layout)));
        await(uid, seen -> seen.state() == State.RUNNING);
        var running = host.virsh("dumpxml", "regie-" + uid);
        assertThat(running)
                .contains("<vcpupin vcpu='0' cpuset='%d'/>"
                        .formatted(node.threads().getLast()));
        assertThat(page(10, "boots: 1")).contains("hostname: web-10");
    }

    @Test
    void consoleIsAShell() throws Exception {
        apply(1, guest(uid, 10, 0, 0));
        page(10, "boots: 1");
        try (var console = hypervisor.consoles().orElseThrow().open(uid)) {
            console.write(ByteBuffer.wrap("echo $((6 * 7)) is it\r".getBytes(StandardCharsets.UTF_8)));
            readUntil(console, "42 is it");
        }
    }

    @Test
    void killedGuestIsToldWithinASecondWithoutBeingAsked() throws Exception {
        apply(1, guest(uid, 10, 0, 0));
        await(uid, seen -> seen.state() == State.RUNNING);
        var crashed = new CompletableFuture<GuestSeen>();
        hypervisor.onChange(() -> {
            var seen = look(uid);
            if (seen.state() == State.CRASHED) crashed.complete(seen);
        });
        long killed = System.nanoTime();
        host.kill(uid);
        assertThat(crashed.get(1, TimeUnit.SECONDS).detail()).isEqualTo("its process ended unexpectedly");
        System.out.printf("killed guest told after %d ms%n", (System.nanoTime() - killed) / 1_000_000);
    }

    @Test
    void guestOutlivesLibvirtAndItsAgent() throws Exception {
        apply(5, guest(uid, 10, 0, 0));
        await(uid, seen -> seen.state() == State.RUNNING);
        long pid = host.pid(uid);

        host.restartLibvirt();
        assertThat(await(uid, seen -> seen.state() == State.RUNNING).epoch()).isEqualTo(1);

        hypervisor.close();
        hypervisor = host.hypervisor(own, ROOM);
        var report = hypervisor.observe();
        assertThat(report.generation()).isEqualTo(5);
        assertThat(report.guests()).containsExactly(new GuestSeen(uid, 1, State.RUNNING, 0, 0, ""));
        apply(5, guest(uid, 10, 0, 0));
        await(uid, seen -> seen.state() == State.RUNNING);
        assertThat(host.pid(uid)).isEqualTo(pid);
    }

    @Test
    void guestThatDiedJustBeforeLibvirtIsSeenDead() throws Exception {
        apply(1, guest(uid, 10, 0, 0));
        await(uid, seen -> seen.state() == State.RUNNING);
        host.kill(uid);
        host.restartLibvirt();
        await(uid, seen -> seen.state() == State.CRASHED);
    }

    @Test
    void failureOfOneGuestIsItsOwn() throws Exception {
        var missing = new Artifact(Artifact.Role.KERNEL, Artifact.Format.RAW, "0".repeat(64), 1);
        var good = guest(uid, 10, 0, 0);
        var initrd = good.machine().artifacts().getLast();
        var machine = new Guest.Machine(
                RealHost.SMALLEST,
                List.of(missing, initrd),
                "",
                good.machine().nics(),
                good.machine().cloudInit());
        var noBridge = new Guest.Machine(
                RealHost.SMALLEST,
                good.machine().artifacts(),
                "",
                List.of(new Guest.Nic("52:54:00:00:00:02", "br-none")),
                good.machine().cloudInit());
        var first = new Guest(UUID.randomUUID(), "no-image", 1, Power.ON, 0, 0, machine);
        var second = new Guest(UUID.randomUUID(), "no-bridge", 1, Power.ON, 0, 0, noBridge);
        var third = new Guest(UUID.randomUUID(), "bad\u0007name", 1, Power.ON, 0, 0, good.machine());
        apply(1, first, second, third, good);
        await(uid, seen -> seen.state() == State.RUNNING);
        assertThat(await(first.uid(), seen -> seen.state() == State.FAILED).detail())
                .contains("micro image has no");
        assertThat(await(second.uid(), seen -> seen.state() == State.FAILED).detail())
                .contains("br-none");
        assertThat(await(third.uid(), seen -> seen.state() == State.FAILED).detail())
                .contains("U+0007");
    }

    @Test
    void domainsOfOthersAreNeitherReportedNorTouched() throws Exception {
        var foreign = Files.writeString(folder.resolve("foreign.xml"), """
                <domain type='qemu'><name>theirs</name><memory unit='MiB'>16</memory>
                <os><type arch='x86_64' machine='q35'>hvm</type></os></domain>
                """);
        host.virsh("define", foreign.toString());
        try {
            apply(1);
            assertThat(hypervisor.observe().guests()).isEmpty();
            assertThat(host.virsh("list", "--all", "--name")).isEqualTo("theirs");
        } finally {
            host.virsh("undefine", "theirs");
        }
    }

    @Test
    void hostWithoutLibvirtIsAFault() throws Exception {
        var nowhere = LibvirtHypervisor.open(new LibvirtSettings(
                HOST,
                "qemu+unix:///system?socket=" + folder.resolve("none"),
                folder.resolve("n"),
                ROOM,
                artifact -> own));
        try (nowhere) {
            assertThatThrownBy(nowhere::observe)
                    .isInstanceOf(EngineFault.class)
                    .hasMessageContaining(folder.resolve("none").toString());
        }
    }

    @Test
    void severalGuestsStartAtOnce() throws Exception {
        var guests = new Guest[4];
        for (int i = 0; i < guests.length; i++) guests[i] = guest(UUID.randomUUID(), 20 + i, 0, 0);
        apply(1, guests);
        for (var guest : guests) await(guest.uid(), seen -> seen.state() == State.RUNNING);
        for (int i = 0; i < guests.length; i++) page(20 + i, "hostname: web-" + (20 + i));
    }

    private static Guest guest(UUID uid, int number, int reboots, int builds) {
        var machine = host.machine(number, "web-" + number, "i-" + number);
        return new Guest(uid, "web-" + number, 1, Power.ON, reboots, builds, machine);
    }

    private void apply(long generation, Guest... guests) throws Exception {
        hypervisor.apply(new Wish(HOST, generation, List.of(guests)));
    }

    private GuestSeen look(UUID guest) {
        try {
            return hypervisor.observe().guests().stream()
                    .filter(seen -> seen.uid().equals(guest))
                    .findFirst()
                    .orElseThrow();
        } catch (EngineFault fault) {
            throw new AssertionError(fault);
        }
    }

    private GuestSeen await(UUID guest, Predicate<GuestSeen> wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var seen = look(guest);
            if (wanted.test(seen)) return seen;
            assertThat(System.nanoTime()).as("still %s", seen).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** The guest's page as soon as it holds {@code wanted}: the boots are counted a moment after the first answer. */
    private static String page(int number, String wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        var page = "";
        while (!page.contains(wanted)) {
            assertThat(System.nanoTime()).as("no '%s' in '%s'", wanted, page).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
            page = page(number);
        }
        return page;
    }

    private static String page(int number) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(RealHost.address(number), 80), 100);
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException notYet) {
            return notYet.toString();
        }
    }

    private static void readUntil(ByteChannel console, String wanted) throws IOException {
        var read = new StringBuilder();
        var buffer = ByteBuffer.allocate(1024);
        while (read.indexOf(wanted) < 0) {
            assertThat(console.read(buffer.clear()))
                    .as("the end after %s", read)
                    .isPositive();
            read.append(StandardCharsets.UTF_8.decode(buffer.flip()));
        }
    }
}
