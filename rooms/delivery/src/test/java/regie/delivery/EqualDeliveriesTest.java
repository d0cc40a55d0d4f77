package regie.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import regie.kernel.Actor;
import regie.kernel.ChangeLog;
import regie.testing.Database;
import regie.testing.TestDatabase;
import regie.testing.Together;

/** Several servers on one database, none of them chosen; and what one leaves behind when it dies. */
class EqualDeliveriesTest {
    private static final int RESOURCES = 12;
    private static final int CHANGES = 5;

    @Test
    void twoServersTellEachChangeOnceAndInOrder(@Database(Desks.Tables.class) TestDatabase source, @TempDir Path folder)
            throws Exception {
        var receiver = new Receiver();
        try (var one = new Desks(source, folder);
                var two = new Desks(source, folder)) {
            one.project("shop");
            one.webhook("shop", "hook", "");
            var servers = List.of(one.dispatcher(receiver), two.dispatcher(receiver));
            Together.run(5, at -> {
                if (at < 3) {
                    for (int change = 1; change <= CHANGES; change++) {
                        for (int name = at; name < RESOURCES; name += 3) one.note("shop", "n" + name, "" + change);
                    }
                    return true;
                }
                var mine = at == 3 ? one : two;
                Together.until("all was told", () -> {
                    mine.feeder.pass();
                    servers.get(at - 3).pass();
                    return receiver.got.size() >= RESOURCES * CHANGES;
                });
                return true;
            });
            assertThat(receiver.messages()).hasSize(RESOURCES * CHANGES).doesNotHaveDuplicates();
            assertThat(receiver.overlaps).isEmpty();
            for (int name = 0; name < RESOURCES; name++) {
                var of = "n" + name;
                assertThat(receiver.got.stream()
                                .filter(parcel -> parcel.key().name().equals(of))
                                .map(parcel -> parcel.position()))
                        .isSorted()
                        .hasSize(CHANGES);
            }
        }
        assertThat(source.deadlocks()).isZero();
    }

    /** The other server never comes back from sending: as if it was killed between the answer and writing it down. */
    @Test
    void whatADeadServerWasSendingIsSentAgainUnderItsId(
            @Database(Desks.Tables.class) TestDatabase source, @TempDir Path folder) {
        var never = new CountDownLatch(1);
        var dead = new Receiver();
        dead.answer = _ -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                // its end, with that of the test
            }
            return new Outcome.Taken(200);
        };
        var receiver = new Receiver();
        try (var desks = new Desks(source, folder)) {
            desks.project("shop");
            desks.webhook("shop", "hook", "");
            desks.note("shop", "a", "1");
            desks.note("shop", "a", "2");
            desks.feed();
            desks.dispatcher(dead).pass(); // and no pass after it, so that nothing renews its lease
            Together.until("it is sending", () -> !dead.got.isEmpty());
            var other = desks.dispatcher(receiver);
            other.pass();
            assertThat(receiver.got).as("the lease still holds").isEmpty();
            Together.until("the other server has sent both", () -> {
                other.pass();
                return receiver.got.size() == 2;
            });
            assertThat(receiver.messages().getFirst()).isEqualTo(dead.messages().getFirst());
            assertThat(receiver.told()).containsExactly("created a", "changed a");
            Together.until(
                    "both are written down",
                    () -> desks.count("select count(*) as n from delivery.delivery where state = 'DELIVERED'") == 2);
            never.countDown(); // the dead one wakes up: its word counts no more
        }
    }

    @Test
    void aLivingServerKeepsWhatItSends(@Database(Desks.Tables.class) TestDatabase source, @TempDir Path folder) {
        var finish = new CountDownLatch(1);
        var slow = new Receiver();
        slow.answer = _ -> {
            Together.until("the test lets it", () -> finish.getCount() == 0);
            return new Outcome.Taken(200);
        };
        var receiver = new Receiver();
        try (var desks = new Desks(source, folder)) {
            desks.project("shop");
            desks.webhook("shop", "hook", "");
            desks.note("shop", "a", "1");
            desks.feed();
            var sending = desks.dispatcher(slow);
            var other = desks.dispatcher(receiver);
            sending.pass();
            long from = System.nanoTime();
            Together.until("three leases have gone by", () -> {
                sending.pass();
                other.pass();
                return System.nanoTime() - from > Desks.SETTINGS.lease().toNanos() * 3;
            });
            finish.countDown();
            Together.until(
                    "it is written down",
                    () -> desks.count("select count(*) as n from delivery.delivery where state = 'DELIVERED'") == 1);
            assertThat(receiver.got).isEmpty();
            assertThat(slow.got).hasSize(1);
        }
    }

    @Test
    void aChangeThatCommitsLateIsNotSkipped(@Database(Desks.Tables.class) TestDatabase source, @TempDir Path folder)
            throws Exception {
        var receiver = new Receiver();
        try (var desks = new Desks(source, folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            desks.project("shop");
            desks.webhook("shop", "hook", "");
            var server = desks.dispatcher(receiver);
            var written = new CountDownLatch(1);
            var commit = new CountDownLatch(1);
            var late = CompletableFuture.runAsync(
                    () -> desks.database.change(Actor.ROOM, tx -> {
                        desks.create(tx, "shop", "late");
                        written.countDown();
                        await(commit);
                    }),
                    threads);
            written.await();
            desks.note("shop", "early", "");
            for (int pass = 0; pass < 20; pass++) {
                desks.feeder.pass();
                server.pass();
            }
            assertThat(receiver.got).as("what may come before is waited for").isEmpty();
            commit.countDown();
            late.join();
            desks.feed();
            Together.until("both came", () -> {
                server.pass();
                return receiver.got.size() == 2;
            });
            assertThat(receiver.told()).containsExactlyInAnyOrder("created late", "created early");
        }
    }

    @Test
    void theQueueIsBoundedAndTheLogHoldsTheRest(
            @Database(Desks.Tables.class) TestDatabase source, @TempDir Path folder) {
        var receiver = new Receiver();
        var small = new DeliverySettings(Duration.ofHours(1), 3, Duration.ofSeconds(3));
        try (var desks = new Desks(source, folder, small)) {
            desks.project("shop");
            var key = desks.webhook("shop", "hook", "");
            for (int note = 0; note < 5; note++) desks.note("shop", "n" + note, "");
            desks.feed();
            assertThat(desks.holds(key)).contains("webhook-backlog-full");
            for (int note = 5; note < 9; note++) desks.note("shop", "n" + note, "");
            desks.feed();
            assertThat(desks.count("select count(*) as n from delivery.delivery"))
                    .isEqualTo(5);
            var server = desks.dispatcher(receiver, small);
            Together.until("all came", () -> {
                server.pass();
                desks.feeder.pass();
                return receiver.got.size() == 9;
            });
            assertThat(receiver.messages()).doesNotHaveDuplicates();
        }
    }

    @Test
    void whatWasTrimmedBeforeItWasReadIsSaidToBeMissed(
            @Database(Desks.Tables.class) TestDatabase source, @TempDir Path folder) {
        var small = new DeliverySettings(Duration.ofHours(1), 1, Duration.ofSeconds(3));
        try (var desks = new Desks(source, folder, small)) {
            desks.project("shop");
            var key = desks.webhook("shop", "hook", "");
            desks.note("shop", "first", "");
            desks.feed();
            IntStream.range(0, 3).forEach(at -> desks.note("shop", "lost-" + at, ""));
            desks.awaitTail();
            desks.database.change(Actor.ROOM, tx -> ChangeLog.trim(tx, Duration.ZERO));
            var receiver = new Receiver();
            var server = desks.dispatcher(receiver, small);
            Together.until("the first came", () -> {
                server.pass();
                return receiver.got.size() == 1;
            });
            Together.until(
                    "nothing waits",
                    () -> desks.count("select count(*) as n from delivery.delivery where state = 'WAITING'") == 0);
            desks.feed();
            assertThat(desks.holds(key)).containsExactly("webhook-missed");
            desks.note("shop", "next", "");
            desks.feed();
            Together.until("it goes on", () -> {
                server.pass();
                return receiver.told().contains("created next");
            });
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
