package regie.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.kernel.ChangeLog.Position;
import regie.kernel.Library.ShelfSpec;
import regie.testing.Together;

class LogTailTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Hints hints = new Hints();
    private Library library;

    @BeforeEach
    void open(@regie.testing.Database(Library.Migrated.class) DataSource source) {
        library = new Library(source, hints);
    }

    private void declare(int from, int to) {
        for (int at = from; at < to; at++) library.create(Library.SHELF, "s%03d".formatted(at), new ShelfSpec("red"));
    }

    private static List<String> names(int from, int to) {
        var names = new ArrayList<String>();
        for (int at = from; at < to; at++) names.add("s%03d".formatted(at));
        return names;
    }

    /** Reads {@code count} changes behind {@code after}, a few at a time. */
    private static List<String> follow(LogTail tail, Position after, int count) {
        var names = new ArrayList<String>();
        var position = after;
        try {
            while (names.size() < count) {
                var news = tail.after(position, 7, LONG);
                assertThat(news).as("changes behind " + position).isNotEmpty();
                for (var change : news) names.add(change.key().name());
                position = news.getLast().position();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return names;
    }

    @Test
    void manyWatchersEachReadAllInOrder() {
        try (var tail = new LogTail(library.database, hints)) {
            var start = tail.end();
            var read = Together.run(31, at -> {
                if (at > 0) return follow(tail, start, 100);
                declare(0, 100);
                return names(0, 100);
            });
            assertThat(read).allMatch(names(0, 100)::equals);
        }
    }

    @Test
    void whoStartsFromFurtherBackReadsTheDatabase() {
        declare(0, 20);
        Together.until(
                "the log is complete",
                () -> library.database
                                .read(tx -> ChangeLog.read(tx, Position.START, 100))
                                .size()
                        == 20);
        try (var tail = new LogTail(library.database, hints)) {
            assertThat(follow(tail, Position.START, 20)).isEqualTo(names(0, 20));
        }
    }

    @Test
    void whoFallsBehindWhatIsKeptReadsTheDatabase() {
        try (var tail = new LogTail(library.database, hints, 10)) {
            var start = tail.end();
            declare(0, 50);
            follow(tail, start, 50);
            assertThat(follow(tail, start, 50)).as("from far behind").isEqualTo(names(0, 50));
        }
    }

    @Test
    void whoWaitsInVainGetsNothingAndWhoWaitsAtTheEndIsLetGo() throws InterruptedException {
        var tail = new LogTail(library.database, hints);
        assertThat(tail.after(tail.end(), 10, Duration.ofMillis(1))).isEmpty();
        var waiting = new CountDownLatch(1);
        Together.run(2, at -> {
            try {
                if (at == 0) {
                    waiting.countDown();
                    assertThat(tail.after(tail.end(), 10, LONG)).isEmpty();
                } else {
                    waiting.await();
                    tail.close();
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return true;
        });
    }
}
