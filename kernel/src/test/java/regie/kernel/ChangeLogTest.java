package regie.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import regie.kernel.ChangeLog.Change;
import regie.kernel.ChangeLog.Position;
import regie.kernel.Library.ShelfSpec;
import regie.testing.Together;

class ChangeLogTest {
    private static final ShelfSpec RED = new ShelfSpec("red");

    private Library library;

    @BeforeEach
    void open(@regie.testing.Database(Library.Migrated.class) DataSource source) {
        library = new Library(source);
    }

    private List<Change> read(Position after) {
        return library.database.read(tx -> ChangeLog.read(tx, after, 10_000));
    }

    private static List<String> names(List<Change> changes) {
        return changes.stream().map(change -> change.key().name()).toList();
    }

    /** All that is in the log, once it is complete: other databases of the server may hold it back for a moment. */
    private List<Change> readAll(int expected) {
        Together.until(
                "%d changes are complete".formatted(expected),
                () -> read(Position.START).size() >= expected);
        return read(Position.START);
    }

    @Test
    void earlierRevisionThatCommitsLaterIsNotSkipped() {
        var written = new CountDownLatch(1);
        var commit = new CountDownLatch(1);
        Together.run(2, at -> {
            if (at == 0) {
                library.database.change(Library.TESTER, tx -> {
                    library.resources.create(tx, Library.SHELF, List.of(library.draft(Library.SHELF, "slow", RED)));
                    written.countDown();
                    await(commit);
                });
                return true;
            }
            await(written);
            try {
                library.create(Library.SHELF, "quick", RED);
                assertThat(read(Position.START))
                        .as("what committed behind one still open")
                        .isEmpty();
            } finally {
                commit.countDown();
            }
            return true;
        });
        var all = readAll(2);
        assertThat(names(all)).containsExactly("slow", "quick");
        assertThat(names(read(all.getFirst().position()))).containsExactly("quick");
    }

    @Test
    void listAndWatchFromTheEndTogetherMissNothing() {
        var written = new CountDownLatch(1);
        var commit = new CountDownLatch(1);
        var ends = new ArrayList<Position>();
        Together.run(2, at -> {
            if (at == 0) {
                library.database.change(Library.TESTER, tx -> {
                    library.resources.create(tx, Library.SHELF, List.of(library.draft(Library.SHELF, "slow", RED)));
                    written.countDown();
                    await(commit);
                });
                return true;
            }
            await(written);
            try {
                ends.add(library.database.read(ChangeLog::end));
                assertThat(library.find(Library.SHELF, "slow")).as("listed").isEmpty();
            } finally {
                commit.countDown();
            }
            return true;
        });
        readAll(1);
        assertThat(names(read(ends.getFirst()))).containsExactly("slow");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void changesOfOneResourceComeAsTheyWereMadeWhoeverBeganFirst() {
        library.create(Library.SHELF, "shelf", RED);
        var begun = new CountDownLatch(1);
        var painted = new CountDownLatch(1);
        Together.run(2, at -> {
            if (at == 0) {
                library.database.change(Library.TESTER, tx -> {
                    library.resources.create(tx, Library.SHELF, List.of(library.draft(Library.SHELF, "other", RED)));
                    begun.countDown();
                    await(painted);
                    paint(tx, "green");
                });
                return true;
            }
            await(begun);
            try {
                library.database.change(Library.TESTER, tx -> paint(tx, "blue"));
            } finally {
                painted.countDown();
            }
            return true;
        });
        var colours = readAll(4).stream()
                .filter(change -> change.key().name().equals("shelf"))
                .map(change -> Json.tree(change.body()).at("/spec/colour").asString());
        assertThat(colours).containsExactly("red", "blue", "green");
    }

    private void paint(Tx tx, String colour) {
        var now = library.resources.get(tx, Library.SHELF, Library.SHELF.key("", "shelf"));
        library.resources.replace(tx, Library.SHELF, now, Map.of(), new ShelfSpec(colour));
    }

    @Test
    void endIsTheNewestCommittedChangeAndNoIdGivenOutForNothing() {
        library.create(Library.SHELF, "shelf", RED);
        var all = readAll(1);
        library.database.rehearse(Library.TESTER, tx -> {
            paint(tx, "blue");
            return true;
        });
        assertThat(library.database.read(ChangeLog::end))
                .isEqualTo(all.getLast().position());
    }

    /**
     * Goal: a reader that resumes again and again reads every change once, in the order in which the log stands at last. Method:
     * writers whose transactions overlap at random, a reader beside them with batches of random size.
     */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void resumingReaderReadsAllOnceInOneOrder(long seed) {
        int writers = 6;
        int rounds = 25;
        var writing = new AtomicInteger(writers);
        var read = new ArrayList<Change>();
        Together.run(writers + 1, at -> {
            var random = new Random(seed * 100 + at);
            if (at < writers) {
                write(at, rounds, random);
                writing.decrementAndGet();
            } else {
                readBeside(writing, read, random, writers * rounds * 2);
            }
            return true;
        });
        var log = read(Position.START);
        assertThat(log).hasSize(writers * rounds * 2);
        assertThat(read).containsExactlyElementsOf(log);
        var generations = new HashMap<UUID, Long>();
        for (var change : read) {
            long generation = Json.tree(change.body()).path("generation").asLong();
            assertThat(generation)
                    .as("generation of %s", change.key())
                    .isEqualTo(generations.merge(change.uid(), 1L, Long::sum));
        }
    }

    private void write(int writer, int rounds, Random random) {
        var shelf = library.create(Library.SHELF, "w" + writer, RED);
        for (int round = 1; round < 2 * rounds; round++) {
            int number = round;
            library.database.change(Library.TESTER, tx -> {
                var now = library.resources.get(tx, Library.SHELF, shelf.key());
                library.resources.replace(tx, Library.SHELF, now, Map.of(), new ShelfSpec("colour " + number));
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(6)).toNanos());
            });
        }
    }

    private void readBeside(AtomicInteger writing, List<Change> read, Random random, int all) {
        var position = Position.START;
        while (writing.get() > 0 || read.size() < all) {
            var from = position;
            int most = 1 + random.nextInt(10);
            var batch = library.database.read(tx -> ChangeLog.read(tx, from, most));
            read.addAll(batch);
            if (!batch.isEmpty()) position = batch.getLast().position();
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(3)).toNanos());
        }
    }

    @Test
    void trimmingMovesTheOldestPositionBehindWhatIsGone() {
        assertThat(library.database.read(ChangeLog::oldest)).isEqualTo(Position.START);
        library.create(Library.SHELF, "a", RED);
        library.create(Library.SHELF, "b", RED);
        var all = readAll(2);
        library.database.change(Library.TESTER, tx -> ChangeLog.trim(tx, Duration.ofHours(1)));
        assertThat(read(Position.START)).as("young ones stay").isEqualTo(all);
        Together.until("both are trimmed", () -> {
            library.database.change(Library.TESTER, tx -> ChangeLog.trim(tx, Duration.ZERO));
            return read(Position.START).isEmpty();
        });
        assertThat(library.database.read(ChangeLog::oldest))
                .isEqualTo(all.getLast().position());
        library.create(Library.SHELF, "c", RED);
        readAll(1);
        assertThat(names(read(all.getLast().position()))).containsExactly("c");
    }

    @Test
    void everyChangeIsToldWithWhoDidWhat() {
        var reader = library.create(Library.READER, "ann", new Library.ReaderSpec(1));
        library.database.change(Actor.ROOM, tx -> {
            library.resources.report(tx, Library.READER, Map.of(reader.uid(), new Library.ReaderStatus(1, List.of())));
            library.resources.delete(tx, Library.READER, List.of(reader.uid()));
            library.resources.finish(tx, Library.READER, List.of(reader.uid()));
            assertThat(ChangeLog.writtenBy(tx).stream().map(ChangeLog.Written::what))
                    .containsExactly("reported", "deleting", "deleted");
        });
        var all = readAll(4);
        assertThat(all.stream().map(change -> change.actor() + " " + change.what()))
                .containsExactly("tester created", "room reported", "room deleting", "room deleted");
        assertThat(Json.tree(all.getLast().body()).path("status").path("seen").asInt())
                .isEqualTo(1);
    }

    @Test
    void positionsAreReadAsTheyAreWrittenAndInOrder() {
        var position = new Position(815, 4711);
        assertThat(Position.parse(position.toString())).contains(position);
        assertThat(Position.parse("815")).isEmpty();
        assertThat(Position.parse("-1-2")).isEmpty();
        assertThat(Position.parse("9999999999999999999-1")).isEmpty();
        assertThat(new Position(815, 5000)).isLessThan(new Position(816, 1)).isGreaterThan(position);
        var end = library.database.read(ChangeLog::end);
        assertThat(Position.parse(end.toString())).contains(end);
    }
}
