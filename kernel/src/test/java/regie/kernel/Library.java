package regie.kernel;

import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import javax.sql.DataSource;
import regie.testing.Schema;

/** A small room for the kernel's tests: books that need a shelf, and readers with a loop, who own cards and visits. */
final class Library {
    static final class Migrated implements Schema {
        @Override
        public void migrate(DataSource database) {
            Migrations.run(database, "kernel");
        }
    }

    record ShelfSpec(@About("its colour") String colour) implements Spec {}

    enum Shape {
        PAPER_BACK,
        BOUND
    }

    record BookSpec(
            @About("its title") String title,
            @About("name of the shelf it stands on") Optional<String> shelf,
            @About("name of the book it goes on from") Optional<String> sequelOf,

            @About(value = "its shape", otherwise = "\"bound\"")
            Shape shape,

            @About(value = "how many pages", otherwise = "0") @Min(0)
            int pages)
            implements Spec {
        @Override
        public List<Reference> references() {
            var references = new java.util.ArrayList<Reference>();
            shelf.ifPresent(name -> references.add(new Reference("shelf", "Shelf", name)));
            sequelOf.ifPresent(name -> references.add(new Reference("sequelOf", "Book", name)));
            return references;
        }
    }

    record ReaderSpec(@About("how many visits are wanted") int visits) implements Spec {}

    record ReaderStatus(
            @About("visits seen") int seen,
            @About("what waits and why") List<Hold> holds) implements Status {
        static final ReaderStatus FRESH = new ReaderStatus(0, List.of());
    }

    record CardSpec(@About("its number") long number) implements Spec {}

    static final Kind<ShelfSpec, Status.None> SHELF =
            Kind.plain("Shelf", "shelves", Kind.Scope.ESTATE, ShelfSpec.class, "Where books stand.");
    static final Kind<BookSpec, Status.None> BOOK =
            Kind.plain("Book", "books", Kind.Scope.PROJECT, BookSpec.class, "What is read.");
    static final Kind<ReaderSpec, ReaderStatus> READER = Kind.worked(
            "Reader",
            "readers",
            Kind.Scope.PROJECT,
            ReaderSpec.class,
            ReaderStatus.class,
            ReaderStatus.FRESH,
            "Who reads; works on the library's loop.");
    static final Kind<ReaderSpec, ReaderStatus> VISIT = Kind.worked(
            "Visit",
            "visits",
            Kind.Scope.PROJECT,
            ReaderSpec.class,
            ReaderStatus.class,
            ReaderStatus.FRESH,
            "Made by the loop of its reader, and finished by a loop of its own.");
    static final Kind<CardSpec, Status.None> CARD = Kind.plain(
            "Card", "cards", Kind.Scope.PROJECT, CardSpec.class, "Of which a shelf or a reader is the owner.");

    static final Actor TESTER = new Actor("tester");

    final Kinds kinds = new Kinds(List.of(SHELF, BOOK, READER, VISIT, CARD));
    final Resources resources = new Resources(kinds);
    final Chance chance = Chance.of(new SplittableRandom(1), Clock.SYSTEM);
    final Declarations declarations = new Declarations(kinds, resources, chance);
    final Database database;

    Library(DataSource source) {
        this(source, new Hints());
    }

    Library(DataSource source, Hints hints) {
        this.database = new Database(source, hints);
    }

    static BookSpec book(String title) {
        return new BookSpec(title, Optional.empty(), Optional.empty(), Shape.BOUND, 0);
    }

    static BookSpec on(String shelf) {
        return new BookSpec("t", Optional.of(shelf), Optional.empty(), Shape.BOUND, 0);
    }

    static BookSpec after(String book) {
        return new BookSpec("t", Optional.empty(), Optional.of(book), Shape.BOUND, 0);
    }

    <S extends Spec> Draft<S> draft(Kind<S, ?> kind, String name, S spec) {
        return new Draft<>(chance.uuid(), kind.key("default", name), Optional.empty(), Map.of(), spec);
    }

    <S extends Spec, T extends Status> Declared<S, T> create(Kind<S, T> kind, String name, S spec) {
        return create(kind, draft(kind, name, spec));
    }

    <S extends Spec, T extends Status> Declared<S, T> create(Kind<S, T> kind, String name, UUID owner, S spec) {
        var key = kind.key("default", name);
        return create(kind, new Draft<>(chance.uuid(), key, Optional.of(owner), Map.of(), spec));
    }

    private <S extends Spec, T extends Status> Declared<S, T> create(Kind<S, T> kind, Draft<S> draft) {
        return database.transact(TESTER, tx -> {
            resources.create(tx, kind, List.of(draft));
            return resources.get(tx, kind, draft.key());
        });
    }

    <S extends Spec, T extends Status> Optional<Declared<S, T>> find(Kind<S, T> kind, String name) {
        return database.read(tx -> resources.find(tx, kind, kind.key("default", name)));
    }

    /** The refusal that {@code work} comes to. */
    static Refusal refusalOf(Runnable work) {
        try {
            work.run();
        } catch (Refused refused) {
            return refused.refusal();
        }
        throw new AssertionError("it was not refused");
    }

    void delete(Kind<?, ?> kind, UUID... uids) {
        database.change(TESTER, tx -> resources.delete(tx, kind, List.of(uids)));
    }

    long count(String sql, Object... parameters) {
        return database.read(
                tx -> tx.first(sql, row -> row.number("n"), parameters).orElseThrow());
    }
}
