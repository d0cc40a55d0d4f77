package regie.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.kernel.Library.ShelfSpec;
import regie.testing.Together;

class DatabaseTest {
    private final Hints hints = new Hints();
    private Library library;

    @BeforeEach
    void open(@regie.testing.Database(Library.Migrated.class) DataSource source) {
        library = new Library(source, hints);
    }

    private static void lock(Tx tx, String shelf) {
        tx.query("select from kernel.resource where name = :name for update", _ -> true, "name", shelf);
    }

    @Test
    void whoLosesADeadlockTriesAgain() {
        library.create(Library.SHELF, "a", new ShelfSpec("red"));
        library.create(Library.SHELF, "b", new ShelfSpec("red"));
        var bothHoldOne = new CyclicBarrier(2);
        var tries = new AtomicInteger();
        var names = List.of("a", "b");
        var done = Together.run(2, at -> {
            var first = new AtomicInteger();
            return library.database.transact(Library.TESTER, tx -> {
                tries.incrementAndGet();
                lock(tx, names.get(at));
                if (first.incrementAndGet() == 1) Together.await(bothHoldOne);
                lock(tx, names.get(1 - at));
                return names.get(at);
            });
        });
        assertThat(done).isEqualTo(names);
        assertThat(tries.get()).as("one of them lost at least once").isGreaterThanOrEqualTo(3);
    }

    @Test
    void whatFailsEachTimeIsAFaultInTheEnd() {
        var tries = new AtomicInteger();
        assertThatThrownBy(() -> library.database.change(Library.TESTER, tx -> {
                    tries.incrementAndGet();
                    tx.change("do $$ begin raise exception 'again' using errcode = '40001'; end $$");
                }))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("again");
        assertThat(tries.get()).isEqualTo(5);
    }

    @Test
    void partThatFailsIsUndoneAloneAndTheOthersSeeEachOther() {
        var written = library.database.together(Library.TESTER, whole -> {
            library.create(Library.SHELF, "kept", new ShelfSpec("red"));
            assertThatThrownBy(() -> library.database.change(Library.TESTER, tx -> {
                        library.create(Library.SHELF, "lost", new ShelfSpec("red"));
                        throw new ResourceRefusal.NotFound(Library.SHELF.key("", "nothing")).asException();
                    }))
                    .isInstanceOf(Refused.class);
            var seen = library.database.rehearse(Library.TESTER, tx -> {
                library.create(Library.SHELF, "tried", new ShelfSpec("red"));
                return ChangeLog.writtenBy(tx).size();
            });
            assertThat(seen).isEqualTo(1);
            assertThat(there("kept")).isTrue();
            return ChangeLog.writtenBy(whole);
        });
        assertThat(written.stream().map(each -> each.key().name())).containsExactly("kept");
        assertThat(there("lost")).isFalse();
        assertThat(there("tried")).isFalse();
    }

    @Test
    void whatIsRehearsedTogetherIsUndone() {
        var seen = library.database.rehearseTogether(Library.TESTER, _ -> {
            library.create(Library.SHELF, "tried", new ShelfSpec("red"));
            return library.database.read(
                    tx -> library.resources.get(tx, Library.SHELF, Library.SHELF.key("", "tried")));
        });
        assertThat(seen.generation()).isEqualTo(1);
        assertThat(there("tried")).isFalse();
    }

    @Test
    void snapshotIsOfOneMomentAndOfWhatIsCommitted() {
        var key = Library.SHELF.key("", "late");
        library.database.snapshot(tx -> {
            assertThat(library.resources.find(tx, Library.SHELF, key)).isEmpty();
            library.create(Library.SHELF, "late", new ShelfSpec("red"));
            assertThat(library.resources.find(tx, Library.SHELF, key)).isEmpty();
            return true;
        });
        assertThat(there("late")).isTrue();
        library.database.rehearseTogether(Library.TESTER, _ -> {
            library.create(Library.SHELF, "tried", new ShelfSpec("red"));
            return library.database.snapshot(tx -> {
                assertThat(library.resources.find(tx, Library.SHELF, Library.SHELF.key("", "tried")))
                        .isEmpty();
                return true;
            });
        });
    }

    private boolean there(String shelf) {
        return library.database
                .<java.util.Optional<?>>read(
                        tx -> library.resources.find(tx, Library.SHELF, Library.SHELF.key("", shelf)))
                .isPresent();
    }

    @Test
    void whatIsNoQuarrelIsNotTriedAgain() {
        var tries = new AtomicInteger();
        assertThatThrownBy(() -> library.database.change(Library.TESTER, tx -> {
                    tries.incrementAndGet();
                    tx.change("select 1 / 0");
                }))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("division by zero");
        assertThat(tries.get()).isEqualTo(1);
    }

    @Test
    void hintsComeAfterTheCommitAndOnlyThen() {
        var seen = new ArrayList<Boolean>();
        hints.on(
                ChangeLog.TOPIC, () -> seen.add(library.find(Library.SHELF, "a").isPresent()));
        assertThatThrownBy(() -> library.database.change(Library.TESTER, tx -> {
                    library.resources.create(
                            tx, Library.SHELF, List.of(library.draft(Library.SHELF, "a", new ShelfSpec("red"))));
                    throw new Fault("after all not");
                }))
                .isInstanceOf(Fault.class);
        assertThat(seen).isEmpty();
        library.create(Library.SHELF, "a", new ShelfSpec("red"));
        assertThat(seen).containsExactly(true);
    }

    @Test
    void rehearsalTellsWhatWouldBeAndLeavesNothing() {
        hints.on(ChangeLog.TOPIC, () -> {
            throw new AssertionError("a rehearsal wakes nobody");
        });
        var rehearsed = library.database.rehearse(Library.TESTER, tx -> {
            library.resources.create(
                    tx, Library.SHELF, List.of(library.draft(Library.SHELF, "a", new ShelfSpec("red"))));
            return library.resources.get(tx, Library.SHELF, Library.SHELF.key("", "a"));
        });
        assertThat(rehearsed.spec().colour()).isEqualTo("red");
        assertThat(library.find(Library.SHELF, "a")).isEmpty();
    }
}
