package regie.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import regie.kernel.Library.BookSpec;

/**
 * What is written as a manifest is read as what it was: applying an export changes nothing. Control characters never come in, so
 * they need not go out.
 */
class ManifestWriterTest {
    private final Library library;

    ManifestWriterTest(@regie.testing.Database(Library.Migrated.class) DataSource source) {
        library = new Library(source);
    }

    private void assertKept(Map<String, String> labels, BookSpec spec) {
        var key = Library.BOOK.key("default", "book-" + library.chance.uuid());
        library.database.change(Library.TESTER, tx -> {
            var draft = new Draft<>(library.chance.uuid(), key, Optional.empty(), labels, spec);
            library.resources.create(tx, Library.BOOK, List.of(draft));
        });
        var declared = library.database.read(tx -> library.resources.get(tx, Library.BOOK, key));
        var text = ManifestWriter.write(declared);
        var changes = library.database.transact(
                Library.TESTER,
                tx -> library.declarations.apply(
                        tx, new Manifests(library.kinds).read("export.yaml", text, "elsewhere")));
        assertThat(changes.changes())
                .as(text)
                .containsExactly(new Changes.Change(Changes.Action.KEEP, key, 1, List.of()));
    }

    private static BookSpec titled(String title) {
        return new BookSpec(title, Optional.empty(), Optional.empty(), Library.Shape.PAPER_BACK, 7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "yes",
                "no",
                "on",
                "null",
                "~",
                "true",
                "007",
                "0x1F",
                "0o17",
                "1e3",
                "1_000",
                ".inf",
                ".NaN",
                "2026-01-01",
                "12:30:45",
                "- a",
                "? a",
                "a: b",
                "a #b",
                "#b",
                "'",
                "\"",
                "\\",
                "{a",
                "[a]",
                "!a",
                "&a",
                "*a",
                "|",
                ">",
                "%",
                "@",
                "`",
                "---",
                "...",
                " leading",
                "trailing ",
                "two\nlines\n",
                "\n\nempty first",
                "  indented\nfirst",
                "tab\there",
                "é ü 日本 😀",
                "\u2028\u2029",
                "book-[01-02]",
                "{n}",
                "=",
                "<<"
            })
    void anyTextIsKept(String title) {
        assertKept(Map.of("label", title), titled(title));
    }

    @Test
    void randomTextsAreKept() {
        var letters = "abc 019.-:#'\"\\\n\t{}[],&*!|>%@`~éß日😀".codePoints().toArray();
        var random = new Random(11);
        for (int at = 0; at < 100; at++) {
            var title = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--)
                title.appendCodePoint(letters[random.nextInt(letters.length)]);
            assertKept(Map.of(), titled(title.toString()));
        }
    }

    @Test
    void longTextsAreKept() {
        assertKept(Map.of(), titled("word ".repeat(2_000)));
        assertKept(Map.of(), titled("x".repeat(20_000)));
    }

    @Test
    void labelsComeInOneOrder() {
        var labels = new TreeMap<String, String>();
        var names = new ArrayList<>(List.of("zone", "app", "Tier", "a.b/c"));
        for (var name : names) labels.put(name, name);
        assertKept(labels, titled("one"));
        var declared = library.database.transact(Library.TESTER, tx -> {
            var key = Library.BOOK.key("default", "b");
            var draft = new Draft<>(library.chance.uuid(), key, Optional.empty(), labels, titled("1"));
            library.resources.create(tx, Library.BOOK, List.of(draft));
            return library.resources.get(tx, Library.BOOK, key);
        });
        assertThat(ManifestWriter.write(declared)).isEqualTo("""
                ---
                kind: Book
                project: default
                name: b
                labels:
                  Tier: Tier
                  a.b/c: a.b/c
                  app: app
                  zone: zone
                spec:
                  title: '1'
                  shape: paper-back
                  pages: 7
                """);
    }
}
