package regie.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import regie.kernel.Library.CardSpec;
import regie.kernel.Library.ReaderSpec;
import regie.kernel.Library.ReaderStatus;
import regie.kernel.Library.ShelfSpec;

class ResourcesTest {
    private static final ShelfSpec RED = new ShelfSpec("red");

    private Library library;

    @BeforeEach
    void open(@regie.testing.Database(Library.Migrated.class) DataSource source) {
        library = new Library(source);
    }

    @Test
    void whatWasDeclaredIsRead() {
        library.create(Library.SHELF, "a", RED);
        var book = library.create(Library.BOOK, "one", Library.on("a"));
        assertThat(book.spec()).isEqualTo(Library.on("a"));
        assertThat(book.generation()).isEqualTo(1);
        assertThat(book.key()).hasToString("default/book/one");
        assertThat(library.find(Library.BOOK, "one")).contains(book);
        assertThat(library.find(Library.BOOK, "two")).isEmpty();
    }

    @Test
    void nameThatIsTakenIsToldAmongMany() {
        library.create(Library.SHELF, "c", RED);
        var drafts = List.of(
                library.draft(Library.SHELF, "b", RED),
                library.draft(Library.SHELF, "c", RED),
                library.draft(Library.SHELF, "d", RED));
        var refusal = Library.refusalOf(() ->
                library.database.change(Library.TESTER, tx -> library.resources.create(tx, Library.SHELF, drafts)));
        assertThat(refusal.detail()).isEqualTo("shelf/c is there already. Change it instead, or choose another name.");
        assertThat(library.find(Library.SHELF, "b")).isEmpty();
    }

    @Test
    void oneNameTwiceInOneGoIsTaken() {
        var drafts = List.of(library.draft(Library.SHELF, "b", RED), library.draft(Library.SHELF, "b", RED));
        var refusal = Library.refusalOf(() ->
                library.database.change(Library.TESTER, tx -> library.resources.create(tx, Library.SHELF, drafts)));
        assertThat(refusal.code()).isEqualTo("already-there");
    }

    @Test
    void missingReferenceIsNamedWithItsField() {
        var refusal = Library.refusalOf(() -> library.create(Library.BOOK, "one", Library.on("a")));
        assertThat(refusal.detail()).isEqualTo("default/book/one: shelf names shelf/a, which does not exist");
        assertThat(library.find(Library.BOOK, "one")).isEmpty();
    }

    @Test
    void replacingGrowsGenerationAndRevision() {
        var first = library.create(Library.SHELF, "a", RED);
        var second = replace(first, "blue");
        assertThat(second.generation()).isEqualTo(2);
        assertThat(second.revision()).isGreaterThan(first.revision());
        assertThat(second.spec().colour()).isEqualTo("blue");
        assertThat(Library.refusalOf(() -> replace(first, "green")).detail())
                .isEqualTo("You changed generation 1 of shelf/a; it is now 2. Read it again.");
    }

    private Declared<ShelfSpec, Status.None> replace(Declared<ShelfSpec, Status.None> seen, String colour) {
        return library.database.transact(
                Library.TESTER,
                tx -> library.resources.replace(tx, Library.SHELF, seen, Map.of(), new ShelfSpec(colour)));
    }

    @Test
    void whatIsBeingDeletedCantBeChangedEvenByWhoReadItBefore() {
        var reader = library.create(Library.READER, "ann", new ReaderSpec(1));
        library.delete(Library.READER, reader.uid());
        var refusal = Library.refusalOf(() -> library.database.change(
                Library.TESTER,
                tx -> library.resources.replace(tx, Library.READER, reader, Map.of(), new ReaderSpec(2))));
        assertThat(refusal.detail())
                .isEqualTo("default/reader/ann is being deleted and can't be changed. Wait until it is gone.");
    }

    @Test
    void reportOfTheSameIsNoChange() {
        var reader = library.create(Library.READER, "ann", new ReaderSpec(1));
        report(reader, 1);
        var once = library.find(Library.READER, "ann").orElseThrow();
        report(reader, 1);
        assertThat(library.find(Library.READER, "ann")).contains(once);
        assertThat(once.generation()).isEqualTo(1);
        assertThat(once.status().seen()).isEqualTo(1);
        assertThat(library.count("select count(*) as n from kernel.log where change = 'reported'"))
                .isEqualTo(1);
    }

    private void report(Declared<ReaderSpec, ReaderStatus> reader, int seen) {
        library.database.change(
                Library.TESTER,
                tx -> library.resources.report(
                        tx, Library.READER, Map.of(reader.uid(), new ReaderStatus(seen, List.of()))));
    }

    @Test
    void whatIsNeededStaysAndSaysForWhom() {
        var shelf = library.create(Library.SHELF, "a", RED);
        var book = library.create(Library.BOOK, "one", Library.on("a"));
        assertThat(Library.refusalOf(() -> library.delete(Library.SHELF, shelf.uid()))
                        .detail())
                .isEqualTo("shelf/a is needed by [default/book/one]. Delete or change those first.");
        library.delete(Library.BOOK, book.uid());
        library.delete(Library.SHELF, shelf.uid());
        assertThat(library.find(Library.SHELF, "a")).isEmpty();
    }

    @Test
    void changedReferenceFreesTheOldOne() {
        var old = library.create(Library.SHELF, "a", RED);
        library.create(Library.SHELF, "b", RED);
        var book = library.create(Library.BOOK, "one", Library.on("a"));
        library.database.change(
                Library.TESTER, tx -> library.resources.replace(tx, Library.BOOK, book, Map.of(), Library.on("b")));
        library.delete(Library.SHELF, old.uid());
        assertThat(library.find(Library.SHELF, "a")).isEmpty();
    }

    /** The order in which PostgreSQL meets the rows must not matter. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoNeedsAndWhoIsNeededGoTogether(boolean neededFirst) {
        library.create(Library.BOOK, neededFirst ? "one" : "zero", Library.book("first"));
        library.create(Library.BOOK, "two", Library.after(neededFirst ? "one" : "zero"));
        if (!neededFirst) { // its row comes behind that of the one that needs it
            var zero = library.find(Library.BOOK, "zero").orElseThrow();
            library.database.change(
                    Library.TESTER,
                    tx -> library.resources.replace(tx, Library.BOOK, zero, Map.of(), Library.book("again")));
        }
        var uids = library.database.read(tx -> library.resources.list(tx, Library.BOOK, Selection.ALL)).stream()
                .map(Declared::uid)
                .toList();
        library.database.change(Library.TESTER, tx -> library.resources.delete(tx, Library.BOOK, uids));
        assertThat(library.count("select count(*) as n from kernel.resource")).isZero();
    }

    @Test
    void ownerTakesAlongWhatItOwns() {
        var shelf = library.create(Library.SHELF, "a", RED);
        library.create(Library.CARD, "a-card", shelf.uid(), new CardSpec(1));
        library.delete(Library.SHELF, shelf.uid());
        assertThat(library.count("select count(*) as n from kernel.resource")).isZero();
    }

    @Test
    void ownerThatWaitsForItsLoopMarksWhatItOwns() {
        var reader = library.create(Library.READER, "ann", new ReaderSpec(1));
        var visit = library.create(Library.VISIT, "ann-1", reader.uid(), new ReaderSpec(0));
        library.create(Library.CARD, "ann-card", reader.uid(), new CardSpec(1));
        library.delete(Library.READER, reader.uid());
        assertThat(library.find(Library.READER, "ann").orElseThrow().deleting()).isTrue();
        assertThat(library.find(Library.VISIT, "ann-1").orElseThrow().deleting())
                .isTrue();
        assertThat(library.find(Library.CARD, "ann-card")).isEmpty();
        library.database.change(Library.TESTER, tx -> {
            library.resources.finish(tx, Library.VISIT, List.of(visit.uid()));
            library.resources.finish(tx, Library.READER, List.of(reader.uid()));
        });
        assertThat(library.count("select count(*) as n from kernel.resource")).isZero();
        assertThat(library.count("select count(*) as n from kernel.work")).isZero();
    }

    @Test
    void whatAnOwnedOneIsNeededForHoldsItsOwnerToo() {
        library.create(Library.SHELF, "a", RED);
        var reader = library.create(Library.READER, "ann", new ReaderSpec(1));
        library.create(Library.BOOK, "hers", reader.uid(), Library.book("diary"));
        library.create(Library.BOOK, "next", Library.after("hers"));
        assertThat(Library.refusalOf(() -> library.delete(Library.READER, reader.uid()))
                        .detail())
                .isEqualTo("default/book/hers is needed by [default/book/next]. Delete or change those first.");
        assertThat(library.find(Library.READER, "ann").orElseThrow().deleting()).isFalse();
    }

    @Test
    void deletingTwiceIsDeletingOnce() {
        var reader = library.create(Library.READER, "ann", new ReaderSpec(1));
        library.delete(Library.READER, reader.uid());
        var once = library.find(Library.READER, "ann");
        library.delete(Library.READER, reader.uid());
        assertThat(library.find(Library.READER, "ann")).isEqualTo(once);
    }

    @Test
    void pagesGoOnBehindTheLastOneRead() {
        for (var name : new String[] {"a", "b", "c", "d", "e"}) library.create(Library.SHELF, name, RED);
        var first = page(Optional.empty());
        var second = page(Optional.of(Selection.ALL.behind(first.getLast())));
        assertThat(first.stream().map(Declared::name)).containsExactly("a", "b");
        assertThat(second.stream().map(Declared::name)).containsExactly("c", "d");
    }

    private List<Declared<ShelfSpec, Status.None>> page(Optional<Selection.After> after) {
        return library.database.read(tx -> library.resources.list(tx, Library.SHELF, Selection.ALL.page(after, 2)));
    }
}
