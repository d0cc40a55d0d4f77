package regie.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeclarationsTest {
    private static final String BOOKS = """
            {kind: Book, name: two, spec: {title: Two, sequelOf: one}}
            ---
            {kind: Book, name: one, spec: {title: One, shelf: a}}
            ---
            {kind: Shelf, name: a, spec: {colour: red}}
            """;

    private Library library;

    @BeforeEach
    void open(@regie.testing.Database(Library.Migrated.class) DataSource source) {
        library = new Library(source);
    }

    private List<Wanted> wanted(String manifest) {
        return new Manifests(library.kinds).read("library.yaml", manifest, "default");
    }

    private Changes plan(String manifest) {
        return library.database.rehearse(Library.TESTER, tx -> library.declarations.apply(tx, wanted(manifest)));
    }

    private Changes apply(String manifest) {
        return library.database.transact(Library.TESTER, tx -> library.declarations.apply(tx, wanted(manifest)));
    }

    private long resources() {
        return library.count("select count(*) as n from kernel.resource");
    }

    private static List<String> said(Changes changes) {
        return changes.changes().stream()
                .map(change -> "%s %s @%d %s"
                        .formatted(
                                Json.name(change.action()),
                                change.key(),
                                change.generation(),
                                change.differences().stream()
                                        .map(Changes.Difference::field)
                                        .toList()))
                .toList();
    }

    @Test
    void planSaysWhatApplyDoesAndChangesNothing() {
        var plan = plan(BOOKS);
        assertThat(resources()).isZero();
        assertThat(library.count("select count(*) as n from kernel.log")).isZero();
        assertThat(apply(BOOKS)).isEqualTo(plan);
        assertThat(said(plan))
                .containsExactly(
                        "create default/book/two @0 [labels, spec.pages, spec.sequelOf, spec.shape, spec.title]",
                        "create default/book/one @0 [labels, spec.pages, spec.shape, spec.shelf, spec.title]",
                        "create shelf/a @0 [labels, spec.colour]");
    }

    @Test
    void numberStaysUntilAGenerationMoves() {
        var first = plan(BOOKS).number();
        assertThat(first)
                .matches("([0-9a-f]{4}-){3}[0-9a-f]{4}")
                .isEqualTo(plan(BOOKS).number());
        apply(BOOKS);
        var again = apply(BOOKS);
        assertThat(said(again))
                .containsExactly("keep default/book/two @1 []", "keep default/book/one @1 []", "keep shelf/a @1 []");
        var painted = BOOKS.replace("red", "blue");
        var before = plan(painted);
        assertThat(said(before)).contains("change shelf/a @1 [spec.colour]");
        apply(BOOKS.replace("red", "green"));
        assertThat(plan(painted).number()).isNotEqualTo(before.number());
    }

    @Test
    void oneThatCantBeUndoesAll() {
        apply(BOOKS);
        var refusal = Library.refusalOf(() -> apply("""
                {kind: Shelf, name: a, spec: {colour: blue}}
                ---
                {kind: Shelf, name: b, spec: {colour: blue}}
                ---
                {kind: Book, name: one, spec: {title: One, shelf: nowhere}}
                """));
        assertThat(refusal.code()).isEqualTo("missing-reference");
        assertThat(resources()).isEqualTo(3);
        assertThat(library.find(Library.SHELF, "a").orElseThrow().spec().colour())
                .isEqualTo("red");
    }

    @Test
    void deletionIsAllOrNothingToo() {
        apply(BOOKS);
        var shelf = Library.SHELF.key("", "a");
        var one = Library.BOOK.key("default", "one");
        var two = Library.BOOK.key("default", "two");
        assertThat(Library.refusalOf(() -> delete(shelf, one)).detail())
                .isEqualTo("default/book/one is needed by [default/book/two]. Delete or change those first.");
        assertThat(resources()).isEqualTo(3);
        delete(shelf, one, two);
        assertThat(resources()).isZero();
    }

    private void delete(Key... keys) {
        library.database.change(Library.TESTER, tx -> library.declarations.delete(tx, List.of(keys)));
    }

    @Test
    void explanationTellsWhatItNeedsWhoNeedsItAndWhatHappened() {
        apply(BOOKS);
        apply(BOOKS.replace("One", "First"));
        var explained = library.database.read(
                tx -> Explanation.of(tx, library.find(Library.BOOK, "one").orElseThrow()));
        assertThat(explained.references()).containsExactly(new Explanation.Link("shelf", Library.SHELF.key("", "a")));
        assertThat(explained.neededBy())
                .containsExactly(new Explanation.Link("sequelOf", Library.BOOK.key("default", "two")));
        assertThat(explained.changes().stream().map(entry -> entry.what() + " " + entry.generation()))
                .containsExactly("changed 2", "created 1");
        assertThat(explained.work()).isEmpty();
        assertThat(explained.holds()).isEmpty();
    }

    @Test
    void explanationTellsHoldsAndTheWorkThatWaits() {
        var reader = library.create(Library.READER, "ann", new Library.ReaderSpec(1));
        var status = new Library.ReaderStatus(0, List.of(new Hold("closed", "it is Sunday")));
        library.database.change(
                Library.TESTER, tx -> library.resources.report(tx, Library.READER, Map.of(reader.uid(), status)));
        var explained = library.database.read(
                tx -> Explanation.of(tx, library.find(Library.READER, "ann").orElseThrow()));
        assertThat(explained.holds()).containsExactly(new Hold("closed", "it is Sunday"));
        assertThat(explained.work())
                .hasValueSatisfying(work -> assertThat(work.attempt()).isZero());
    }
}
