package regie.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import regie.testing.Together;

class LoopTest {
    private static final String TOPIC = "topic";
    /** With it a pass comes only from a hint: a lost one would stay lost. */
    private static final Duration NEVER = Duration.ofHours(1);

    private final Hints hints = new Hints();

    private Loop loop(Runnable pass, Duration floor) {
        return Loop.start("tested", hints, List.of(TOPIC), floor, () -> {
            pass.run();
            return Loop.Pass.DONE;
        });
    }

    @Test
    void hintWakesWhoWouldSleepOn() {
        var passes = new AtomicInteger();
        try (var _ = loop(passes::incrementAndGet, NEVER)) {
            Together.until("the first passes are over", () -> passes.get() >= 1);
            int before = passes.get();
            hints.raise(TOPIC);
            Together.until("a pass comes from the hint", () -> passes.get() > before);
        }
    }

    @Test
    void passComesEachSecondWithoutAnyHint() {
        var passes = new AtomicInteger();
        long start = System.nanoTime();
        try (var _ = Loop.start("tested", hints, List.of(), () -> {
            passes.incrementAndGet();
            return Loop.Pass.DONE;
        })) {
            Together.until("passes come by themselves", () -> passes.get() == 4);
        }
        // The first comes at once.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(2));
    }

    /** Else each loop of a room at rest keeps a connection of its own. */
    @Test
    void passesThatNobodyAskedForComeOneAfterTheOther() {
        var passes = new AtomicInteger();
        var atOnce = new AtomicInteger();
        var most = new AtomicInteger();
        Runnable pass = () -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
            atOnce.decrementAndGet();
            passes.incrementAndGet();
        };
        try (var _ = loop(pass, Duration.ofMillis(3));
                var _ = loop(pass, Duration.ofMillis(3));
                var _ = loop(pass, Duration.ofMillis(3))) {
            Together.until("all had their turns", () -> passes.get() >= 30);
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void oneThatTakesLongHoldsUpNoOther() {
        var release = new CountDownLatch(1);
        var passes = new AtomicInteger();
        try (var _ = loop(() -> await(release), Duration.ofMillis(1));
                var _ = loop(passes::incrementAndGet, Duration.ofMillis(1))) {
            Together.until("the other goes on", () -> passes.get() >= 2);
            release.countDown();
        }
    }

    @Test
    void fullBatchIsFollowedByAnother() {
        var passes = new AtomicInteger();
        try (var _ = Loop.start(
                "tested",
                hints,
                List.of(),
                NEVER,
                () -> passes.incrementAndGet() < 50 ? Loop.Pass.MORE : Loop.Pass.DONE)) {
            Together.until("all batches are done", () -> passes.get() >= 50);
        }
    }

    /** Whatever was true before a hint is seen by a pass that begins after it, whoever raises and whenever. */
    @Test
    void noWakeUpIsEverLost() {
        var wanted = new AtomicLong();
        var seen = new AtomicLong();
        try (var _ = loop(() -> seen.set(wanted.get()), NEVER)) {
            for (int round = 0; round < 3_000; round++) {
                Together.run(round % 100 == 0 ? 8 : 1, _ -> {
                    wanted.incrementAndGet();
                    hints.raise(TOPIC);
                    return true;
                });
                Together.until("the last hint was followed", () -> seen.get() == wanted.get());
            }
        }
    }

    @Test
    void wakeUpsDuringAPassComeToOnePassMore() {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var passes = new AtomicInteger();
        try (var _ = loop(
                () -> {
                    if (passes.incrementAndGet() == 1) {
                        begun.countDown();
                        await(goOn);
                    }
                },
                NEVER)) {
            await(begun);
            Together.run(8, _ -> {
                for (int at = 0; at < 500; at++) hints.raise(TOPIC);
                return true;
            });
            goOn.countDown();
            Together.until("one more came", () -> passes.get() >= 2);
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos()); // time enough for one too many
            assertThat(passes.get()).isEqualTo(2);
        }
    }

    @Test
    void failureOfAPassDoesNotEndTheLoop() {
        var passes = new AtomicInteger();
        try (var _ = loop(
                () -> {
                    switch (passes.incrementAndGet()) {
                        case 1 -> throw new Fault("the database is away");
                        case 2 -> throw new StackOverflowError("a very deep manifest");
                        default -> {}
                    }
                },
                Duration.ofMillis(1))) {
            Together.until("the loop goes on", () -> passes.get() >= 5);
        }
    }

    @Test
    void closingLetsThePassEndAndStartsNoOther() {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var ended = new AtomicBoolean();
        var passes = new AtomicInteger();
        var loop = loop(
                () -> {
                    passes.incrementAndGet();
                    begun.countDown();
                    await(goOn);
                    ended.set(true);
                },
                Duration.ofMillis(1));
        await(begun);
        Together.run(2, at -> {
            if (at == 0) goOn.countDown();
            else loop.close();
            return true;
        });
        assertThat(ended).isTrue();
        int passed = passes.get();
        hints.raise(TOPIC);
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        assertThat(passes.get()).isEqualTo(passed);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
