package regie.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.agent.daemon.Machine.DiskHealth;
import regie.engine.simulated.VirtualTimeline;

/** A disk that hangs is told of by somebody who does not hang with it. */
class DiskProbeTest {
    private final VirtualTimeline timeline = new VirtualTimeline();

    @TempDir
    Path folder;

    @Test
    void writeThatDoesNotEndIsToldWithItsAge() throws Exception {
        var begun = new CountDownLatch(1);
        var lets = new CountDownLatch(1);
        var probe = DiskProbe.start(
                () -> {
                    begun.countDown();
                    await(lets);
                },
                timeline);
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        timeline.advance(DiskProbe.USUAL_MILLIS);
        assertThat(probe.health()).as("so much is usual").isEqualTo(DiskHealth.WELL);
        timeline.advance(7_000);
        assertThat(probe.health().stalledMillis()).isEqualTo(DiskProbe.USUAL_MILLIS + 7_000);
        lets.countDown();
        awaitHealth(probe, DiskHealth.WELL);
        probe.close();
    }

    @Test
    void whatADiskSaysInPlaceOfTakingItIsTold() throws Exception {
        var probe = DiskProbe.start(
                () -> {
                    throw new IOException("Input/output error");
                },
                timeline);
        awaitHealth(probe, new DiskHealth(0, "Input/output error"));
        probe.close();
    }

    @Test
    void realDiskAnswers() throws Exception {
        var written = new AtomicBoolean();
        var probe = DiskProbe.start(folder, timeline);
        for (int look = 0; look < 2_000 && !written.get(); look++) {
            written.set(folder.resolve("probe").toFile().length() > 0);
            Thread.sleep(10);
        }
        assertThat(written).isTrue();
        awaitHealth(probe, DiskHealth.WELL);
        probe.close();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            throw new IOException(ended);
        }
    }

    private static void awaitHealth(DiskProbe probe, DiskHealth wanted) throws InterruptedException {
        for (int look = 0; look < 2_000 && !probe.health().equals(wanted); look++) Thread.sleep(10);
        assertThat(probe.health()).isEqualTo(wanted);
    }
}
