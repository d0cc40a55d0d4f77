package regie.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxHostTest {
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(30);

    @TempDir
    Path folder;

    @BeforeAll
    static void machineCanHoldHosts() {
        var obstacle = SandboxHost.obstacle();
        assumeTrue(obstacle.isEmpty(), obstacle::toString);
    }

    static SandboxSettings settings(Path folder) {
        // A link's name that no other test on this machine has, in a network that is nobody's (RFC 5737).
        var link = "rgt" + ProcessHandle.current().pid();
        return new SandboxSettings(
                "par1-h01", link, "192.0.2.1/24", "192.0.2.2/24", folder.resolve("cache"), folder.resolve("host.log"));
    }

    @Test
    void hostHasItsOwnNetworkAndAnswersOnTheLink() throws Exception {
        try (var host = SandboxHost.start(settings(folder))) {
            assertThat(Command.run(10, host.inside(List.of("ip", "-o", "address", "show", SandboxSettings.BRIDGE))))
                    .contains("192.0.2.2/24");
            assertThat(Command.run(10, List.of("virsh", "--connect", host.libvirtUri(), "list", "--all", "--name")))
                    .isEmpty();
            assertThat(Command.run(10, host.inside(List.of("ps", "-e"))))
                    .contains("libvirtd")
                    .doesNotContain("java");
        }
    }

    @Test
    void closedHostLeavesNothing() throws Exception {
        var settings = settings(folder);
        ProcessHandle first;
        try (var host = SandboxHost.start(settings)) {
            first = ProcessHandle.of(Long.parseLong(host.root().getName(1).toString()))
                    .orElseThrow();
            assertThat(link(settings)).exists();
        }
        assertThat(Processes.hasEnded(first)).isTrue();
        assertThat(link(settings)).doesNotExist();
        SandboxHost.start(settings).close();
    }

    @Test
    void hostOfKilledJvmLeavesNothing() throws Exception {
        try (var holder = Holder.start(folder)) {
            var first = holder.first();
            var links = linksOfTests();
            var daemons = first.descendants().toList();
            assertThat(daemons).isNotEmpty();
            holder.kill();
            Processes.awaitEnd(first);
            assertThat(daemons).allMatch(Processes::hasEnded);
            await(() -> linksOfTests().stream().noneMatch(links::contains));
        }
    }

    @Test
    void killedLibvirtIsFollowedByAnother() throws Exception {
        try (var host = SandboxHost.start(settings(folder))) {
            host.restartLibvirt();
            assertThat(Command.run(10, List.of("virsh", "--connect", host.libvirtUri(), "uri")))
                    .isNotEmpty();
        }
    }

    @Test
    void hostThatCannotComeUpSaysWhyAndLeavesNothing() throws Exception {
        var good = settings(folder);
        var bad = new SandboxSettings("par1-h01", good.link(), good.near(), "999.0.2.2/24", good.cache(), good.log());
        assertThatThrownBy(() -> SandboxHost.start(bad))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("par1-h01")
                .hasMessageContaining("999.0.2.2/24");
        assertThat(link(good)).doesNotExist();
    }

    private static Path link(SandboxSettings settings) {
        return Path.of("/sys/class/net", settings.link());
    }

    private static List<Path> linksOfTests() {
        try (var links = Files.list(Path.of("/sys/class/net"))) {
            return links.filter(link -> link.getFileName().toString().startsWith("rgt"))
                    .toList();
        } catch (IOException trouble) {
            throw new java.io.UncheckedIOException(trouble);
        }
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + DEADLINE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
