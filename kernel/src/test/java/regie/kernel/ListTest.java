package regie.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import regie.kernel.Library.BookSpec;

/** Filters, sorts and pages, against lists that this test makes by itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListTest {
    private static final int BOOKS = 60;

    private Library library;
    private List<Declared<BookSpec, Status.None>> all;

    @BeforeAll
    void fill(@regie.testing.Database(Library.Migrated.class) DataSource source) {
        library = new Library(source);
        library.create(Library.SHELF, "a", new Library.ShelfSpec("red"));
        var random = new SplittableRandom(7);
        var drafts = new ArrayList<Draft<BookSpec>>();
        for (int at = 0; at < BOOKS; at++) {
            var shelf = random.nextInt(3) == 0 ? Optional.<String>empty() : Optional.of("a");
            var shape = random.nextBoolean() ? Library.Shape.BOUND : Library.Shape.PAPER_BACK;
            var spec = new BookSpec("title " + random.nextInt(9), shelf, Optional.empty(), shape, random.nextInt(120));
            var labels = at % 2 == 0 ? Map.of("tier.of/rack", "r" + random.nextInt(3)) : Map.<String, String>of();
            drafts.add(new Draft<>(
                    library.chance.uuid(), Library.BOOK.key("default", "book-" + at), Optional.empty(), labels, spec));
        }
        library.database.change(Library.TESTER, tx -> library.resources.create(tx, Library.BOOK, drafts));
        all = list(Selection.ALL);
        assertThat(all).hasSize(BOOKS);
    }

    private List<Declared<BookSpec, Status.None>> list(Selection which) {
        return library.database.read(tx -> library.resources.list(tx, Library.BOOK, which));
    }

    private List<String> named(String... conditions) {
        var filters = java.util.Arrays.stream(conditions)
                .map(text -> Filter.of(Library.BOOK, text))
                .toList();
        return list(Selection.ALL.where(filters)).stream().map(Declared::name).toList();
    }

    private List<String> fitting(Predicate<Declared<BookSpec, Status.None>> condition) {
        return all.stream().filter(condition).map(Declared::name).toList();
    }

    @Test
    void conditionsHold() {
        assertThat(named("spec.pages>=100"))
                .isEqualTo(fitting(book -> book.spec().pages() >= 100))
                .isNotEmpty();
        assertThat(named("spec.pages<9"))
                .isEqualTo(fitting(book -> book.spec().pages() < 9))
                .isNotEmpty();
        assertThat(named("spec.pages=33.0"))
                .isEqualTo(fitting(book -> book.spec().pages() == 33));
        assertThat(named("spec.shape=paper-back", "spec.shelf=a"))
                .isEqualTo(fitting(book -> book.spec().shape() == Library.Shape.PAPER_BACK
                        && book.spec().shelf().isPresent()))
                .isNotEmpty();
        assertThat(named("spec.shelf!=a"))
                .isEqualTo(fitting(book -> book.spec().shelf().isEmpty()))
                .isNotEmpty();
        assertThat(named("spec.title~tle 3"))
                .isEqualTo(fitting(book -> book.spec().title().equals("title 3")))
                .isNotEmpty();
        assertThat(named("labels.tier.of/rack=r1"))
                .isEqualTo(fitting(book -> book.labels().containsValue("r1")))
                .isNotEmpty();
        assertThat(named("name=book-7")).containsExactly("book-7");
        assertThat(named("createdAt<2001-01-01T00:00:00Z")).isEmpty();
        assertThat(named("createdAt>2001-01-01T00:00:00Z")).hasSize(BOOKS);
        assertThat(named("spec.title='; drop table kernel.resource; --")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "spec.pages",
        "-spec.pages",
        "spec.title",
        "spec.shelf",
        "-spec.shelf",
        "createdAt",
        "-name",
        "-revision"
    })
    void pagesOfSortedListAreThatList(String by) {
        var sort = Sort.of(Library.BOOK, by);
        var whole = list(Selection.ALL.sorted(Optional.of(sort))).stream()
                .map(Declared::name)
                .toList();
        assertThat(whole).hasSize(BOOKS).isEqualTo(expected(by));
        var read = new ArrayList<String>();
        var after = Optional.<Selection.After>empty();
        do {
            var which = Selection.ALL.sorted(Optional.of(sort)).page(after, 7);
            var page = list(which);
            page.forEach(book -> read.add(book.name()));
            after = page.size() < 7 ? Optional.empty() : Optional.of(which.behind(page.getLast()));
        } while (after.isPresent());
        assertThat(read).isEqualTo(whole);
    }

    private List<String> expected(String by) {
        Comparator<Declared<BookSpec, Status.None>> up = switch (by.replace("-", "")) {
            case "spec.pages" -> Comparator.comparingInt(book -> book.spec().pages());
            case "spec.title" -> Comparator.comparing(book -> book.spec().title());
            case "spec.shelf" ->
                Comparator.comparing(book -> book.spec().shelf().isEmpty());
            case "createdAt" -> Comparator.comparing(Declared::createdAt);
            case "revision" -> Comparator.comparingLong(Declared::revision);
            default -> Comparator.comparing(Declared::name);
        };
        up = up.thenComparing(Declared::name);
        return all.stream()
                .sorted(by.startsWith("-") ? up.reversed() : up)
                .map(Declared::name)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spec.pages>=many",
                "spec.pagse=1",
                "spec=1",
                "pages=1",
                "labels=1",
                "spec.pages",
                "=1",
                "",
                "spec.pages~1",
                "createdAt>yesterday",
                "spec.pages.x=1",
                "status.x=1"
            })
    void nonsenseIsRefused(String condition) {
        assertThat(Library.refusalOf(() -> Filter.of(Library.BOOK, condition)).code())
                .isIn("no-such-field", "bad-value");
    }

    @Test
    void refusalSaysWhatWasMeant() {
        assertThat(Library.refusalOf(() -> Filter.of(Library.BOOK, "spec.pagse=1"))
                        .detail())
                .isEqualTo("Book has no field spec.pagse that could be asked for; did you mean pages?");
        assertThat(Library.refusalOf(() -> Filter.of(Library.READER, "status.holds~x"))
                        .detail())
                .isEqualTo(
                        "Reader has no field status.holds that could be asked for; it is a list, of which one entry can be meant:"
                                + " status.holds.0");
        assertThat(Library.refusalOf(() -> Sort.of(Library.BOOK, "-spec.titel")).detail())
                .contains("did you mean title?");
    }
}
