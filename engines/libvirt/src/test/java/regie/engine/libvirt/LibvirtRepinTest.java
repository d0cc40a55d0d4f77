package regie.engine.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.agent.contract.Claim;
import regie.agent.contract.Guest;
import regie.agent.contract.GuestSeen;
import regie.agent.contract.GuestSeen.State;
import regie.agent.contract.Handover;
import regie.agent.contract.HandoverSeen.Stage;
import regie.agent.contract.Hypervisor;
import regie.agent.contract.Layout;
import regie.agent.contract.Wish;

/** A real guest that has a thread to itself comes to a host where that very thread is somebody else's. */
final class LibvirtRepinTest {
    private static final String SOURCE = "par1-h01";
    private static final String TARGET = "par1-h02";
    private static final Claim ROOM = new Claim(2, 2048, 20);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void dedicatedGuestThatMovesGetsThreadsOfItsOwn() throws Exception {
        try (var pair = RealPair.start(folder, SOURCE, TARGET);
                var source = pair.hypervisor(0, folder.resolve("source"), ROOM);
                var target = pair.hypervisor(1, folder.resolve("target"), ROOM)) {
            var threads = target.nodes().getFirst().threads();
            assumeTrue(threads.size() > 1, "a host of one thread has none for a second dedicated guest");
            var mover = guest(pair, source);
            var resident = guest(pair, source);
            source.apply(new Wish(SOURCE, 1, List.of(mover)));
            target.apply(new Wish(TARGET, 1, List.of(resident)));
            await(source, mover.uid(), seen -> seen.state() == State.RUNNING);
            await(target, resident.uid(), seen -> seen.state() == State.RUNNING);
            assertThat(pin(pair, 0, mover)).isEqualTo(threads.getLast());
            assertThat(pin(pair, 1, resident)).isEqualTo(threads.getLast());

            var arriving = mover.under(2).with(Optional.of(Handover.arrivesFrom(SOURCE, 1)));
            target.apply(new Wish(TARGET, 2, List.of(resident, arriving)));
            var ticket = await(target, mover.uid(), seen -> seen.at(Stage.READY))
                    .handover()
                    .orElseThrow()
                    .ticket();
            var departing = mover.with(Optional.of(Handover.departsTo(TARGET, 1, ticket)));
            source.apply(new Wish(SOURCE, 2, List.of(departing)));
            await(target, mover.uid(), seen -> seen.state() == State.RUNNING);

            int own = threads.get(threads.size() - 2);
            assertThat(pin(pair, 1, mover)).as("where it runs").isEqualTo(own);
            assertThat(pair.virsh(1, "dumpxml", "--inactive", mover.uid().toString()))
                    .as("where it would be started again")
                    .contains("<vcpupin vcpu='0' cpuset='%d'/>".formatted(own));
            assertThat(pair.virsh(1, "vcpupin", mover.uid().toString(), "--live"))
                    .containsPattern("\\b0\\s+%d\\b".formatted(own));
            target.apply(new Wish(TARGET, Long.MAX_VALUE, List.of()));
            source.apply(new Wish(SOURCE, Long.MAX_VALUE, List.of()));
        }
    }

    /** Without a network card, for both would have the same address. */
    private static Guest guest(RealPair pair, Hypervisor host) {
        var machine = pair.machine();
        var claim = machine.claim();
        var cell = new Layout.Cell(host.nodes().getFirst().node(), claim.vcpus(), claim.memoryMiB());
        var layout = new Layout(Layout.Cpu.DEDICATED, 0, List.of(cell), "", List.of(), 0);
        var alone = new Guest.Machine(
                claim,
                Optional.of(layout),
                machine.artifacts(),
                machine.kernelArguments(),
                List.of(),
                machine.cloudInit());
        return new Guest(UUID.randomUUID(), "pinned", 1, Guest.Power.ON, 0, 0, alone);
    }

    private static int pin(RealPair pair, int at, Guest guest) throws Exception {
        var xml = pair.virsh(at, "dumpxml", guest.uid().toString());
        var pin = java.util.regex.Pattern.compile("<vcpupin vcpu='0' cpuset='(\\d+)'/>")
                .matcher(xml);
        assertThat(pin.find()).as(xml).isTrue();
        return Integer.parseInt(pin.group(1));
    }

    /** Woken by the host each time that it has seen something change. */
    private static GuestSeen await(Hypervisor host, UUID guest, Predicate<GuestSeen> wanted) throws Exception {
        var changed = new Object();
        host.onChange(() -> {
            synchronized (changed) {
                changed.notifyAll();
            }
        });
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var seen = host.observe().guests().stream()
                    .filter(each -> each.uid().equals(guest))
                    .findFirst();
            if (seen.filter(wanted).isPresent()) return seen.get();
            assertThat(System.nanoTime()).as("in time; seen was " + seen).isLessThan(end);
            synchronized (changed) {
                changed.wait(500);
            }
        }
    }
}
