package regie.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import regie.kernel.Library.ReaderSpec;
import regie.kernel.Library.ReaderStatus;
import regie.kernel.Library.ShelfSpec;
import regie.testing.TestDatabase;
import regie.testing.Together;

/** Many servers, or many callers, at the same resources at the same moment. */
class ResourceRacesTest {
    private static final int THREADS = 8;

    private Library library;
    private TestDatabase database;

    @BeforeEach
    void open(@regie.testing.Database(Library.Migrated.class) TestDatabase database) {
        this.database = database;
        library = new Library(database.dataSource());
    }

    private static boolean refused(Runnable work) {
        try {
            work.run();
            return false;
        } catch (Refused _) {
            return true;
        }
    }

    @Test
    void ofAllWhoReplaceOneGenerationOneWins() {
        library.create(Library.SHELF, "a", new ShelfSpec("red"));
        for (int round = 1; round <= 20; round++) {
            var seen = library.find(Library.SHELF, "a").orElseThrow();
            assertThat(seen.generation()).isEqualTo(round);
            var lost = Together.run(
                    THREADS,
                    at -> refused(() -> library.database.change(
                            Library.TESTER,
                            tx -> library.resources.replace(
                                    tx, Library.SHELF, seen, Map.of(), new ShelfSpec("by " + at)))));
            assertThat(lost).containsOnlyOnce(false);
            var winner = library.find(Library.SHELF, "a").orElseThrow().spec();
            assertThat(winner.colour()).isEqualTo("by " + lost.indexOf(false));
        }
    }

    @Test
    void ofAllWhoCreateOneNameOneWins() {
        for (int round = 0; round < 20; round++) {
            var name = "a" + round;
            var lost = Together.run(
                    THREADS, _ -> refused(() -> library.create(Library.SHELF, name, new ShelfSpec("red"))));
            assertThat(lost).containsOnlyOnce(false);
        }
    }

    @Test
    void deletionAgainstReferenceNeverLeavesOneDangling() {
        int deleted = 0;
        for (int round = 0; round < 60; round++) {
            var name = "s" + round;
            var shelf = library.create(Library.SHELF, name, new ShelfSpec("red"));
            var refused = Together.run(
                    2,
                    at -> refused(() -> {
                        if (at == 0) library.delete(Library.SHELF, shelf.uid());
                        else library.create(Library.BOOK, "b-" + name, Library.on(name));
                    }));
            assertThat(refused).as("exactly one of both wins").containsExactlyInAnyOrder(true, false);
            if (!refused.getFirst()) deleted++;
            assertThat(library.find(Library.SHELF, name).isPresent())
                    .isEqualTo(library.find(Library.BOOK, "b-" + name).isPresent());
        }
        assertThat(deleted).as("both orders were met").isBetween(0, 60);
        assertThat(library.count("""
                select count(*) as n from kernel.resource b where kind = 'Book'
                   and not exists (select from kernel.reference where from_uid = b.uid)
                """)).isZero();
    }

    /** Marking for deletion, where the row stays: the reference must not slip in between look and mark. */
    @Test
    void deletionOfAWorkedKindAgainstItsOwnChangeEndsInOneStory() {
        for (int round = 0; round < 30; round++) {
            var reader = library.create(Library.READER, "r" + round, new ReaderSpec(1));
            var refused = Together.run(
                    2,
                    at -> refused(() -> library.database.change(Library.TESTER, tx -> {
                        if (at == 0) library.resources.delete(tx, Library.READER, List.of(reader.uid()));
                        else library.resources.replace(tx, Library.READER, reader, Map.of(), new ReaderSpec(2));
                    })));
            var now = library.find(Library.READER, reader.name()).orElseThrow();
            assertThat(refused.getFirst()).isFalse();
            assertThat(now.deleting()).isTrue();
            assertThat(now.generation()).isEqualTo(refused.getLast() ? 1 : 2);
        }
    }

    @Test
    void bulkReportsInAnyOrderNeverWaitForEachOtherInACircle() throws Exception {
        var readers = new ArrayList<UUID>();
        library.database.change(Library.TESTER, tx -> {
            readers.clear();
            var drafts = new ArrayList<Draft<ReaderSpec>>();
            for (int at = 0; at < 200; at++) drafts.add(library.draft(Library.READER, "r" + at, new ReaderSpec(1)));
            library.resources.create(tx, Library.READER, drafts);
            drafts.forEach(draft -> readers.add(draft.uid()));
        });
        Together.run(THREADS, at -> {
            var random = new Random(at);
            for (int round = 0; round < 15; round++) {
                var some = new ArrayList<>(readers);
                Collections.shuffle(some, random);
                int seen = at * 100 + round;
                var statuses = new java.util.LinkedHashMap<UUID, ReaderStatus>();
                for (var uid : some) statuses.put(uid, new ReaderStatus(seen, List.of()));
                library.database.change(Library.TESTER, tx -> library.resources.report(tx, Library.READER, statuses));
            }
            return true;
        });
        assertThat(library.count("select count(distinct status->>'seen') as n from kernel.resource"))
                .as("the last report is whole")
                .isEqualTo(1);
        assertThat(database.deadlocks()).isZero();
    }

    @Test
    void manifestsInOppositeOrderNeverWaitForEachOtherInACircle() {
        for (int at = 0; at < 30; at++) library.create(Library.SHELF, "s" + at, new ShelfSpec("red"));
        Together.run(THREADS, at -> {
            var random = new Random(at);
            for (int round = 0; round < 5; round++) {
                var order = new ArrayList<Integer>();
                for (int shelf = 0; shelf < 30; shelf++) order.add(shelf);
                Collections.shuffle(order, random);
                var drafts = new HashMap<Integer, Draft<Library.BookSpec>>();
                for (int shelf : order)
                    drafts.put(
                            shelf,
                            library.draft(
                                    Library.BOOK, "b-%d-%d-%d".formatted(at, round, shelf), Library.on("s" + shelf)));
                library.database.change(
                        Library.TESTER,
                        tx -> library.resources.create(
                                tx,
                                Library.BOOK,
                                order.stream()
                                        .map(drafts::get)
                                        .map(Check::present)
                                        .toList()));
            }
            return true;
        });
        assertThat(library.count("select count(*) as n from kernel.reference")).isEqualTo(THREADS * 5 * 30);
    }
}
