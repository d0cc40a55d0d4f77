package regie.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TestDatabasesTest {
    @Test
    void eachDatabaseStartsEmptyAndIsGoneWhenClosed() throws SQLException {
        try (var second = TestDatabases.create()) {
            String name;
            try (var first = TestDatabases.create()) {
                name = first.name();
                Sql.tell(first.dataSource(), "create table here (number int)");
                assertThat(Sql.ask(second.dataSource(), "select to_regclass('here')"))
                        .isNull();
                assertThat(databases(second, name)).isEqualTo("1");
            }
            assertThat(databases(second, name)).isEqualTo("0");
        }
    }

    @Test
    void aTemplateIsMigratedOnceAndItsClonesAreIndependent() throws Exception {
        var migrations = new AtomicInteger();
        Schema schema = database -> {
            migrations.incrementAndGet();
            Sql.tell(database, "create table numbers as select generate_series(1, 10) as number");
        };
        Callable<TestDatabase> make =
                () -> TestDatabases.template("numbers", schema).create();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var clones = threads.invokeAll(Stream.generate(() -> make).limit(8).toList());
            for (var clone : clones) {
                try (var database = clone.get()) {
                    assertThat(Sql.ask(database.dataSource(), "select count(*) from numbers"))
                            .isEqualTo("10");
                    Sql.tell(database.dataSource(), "delete from numbers");
                }
            }
        }
        assertThat(migrations).hasValue(1);
    }

    @Test
    void aTemplateThatFailedIsTriedAgain() throws SQLException {
        assertThatThrownBy(() -> TestDatabases.template("broken", database -> Sql.tell(database, "no sql")))
                .hasMessageContaining("broken")
                .hasCauseInstanceOf(SQLException.class);
        Schema mended = database -> Sql.tell(database, "create table mended (number int)");
        try (var database = TestDatabases.template("broken", mended).create()) {
            assertThat(Sql.ask(database.dataSource(), "select count(*) from mended"))
                    .isEqualTo("0");
        }
    }

    private static String databases(TestDatabase asked, String name) throws SQLException {
        return String.valueOf(
                Sql.ask(asked.dataSource(), "select count(*) from pg_database where datname = '" + name + "'"));
    }
}
