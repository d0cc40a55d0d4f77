package regie.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class DatabaseTest {
    static final class Numbers implements Schema {
        @Override
        public void migrate(DataSource database) throws SQLException {
            Sql.tell(database, "create table numbers (number int)");
        }
    }

    @Nested
    class AskedForByATest {
        @BeforeEach
        void insert(@Database(Numbers.class) DataSource database) throws SQLException {
            Sql.tell(database, "insert into numbers values (1)");
        }

        @RepeatedTest(2)
        void isItsOwn(@Database(Numbers.class) DataSource database) throws SQLException {
            assertThat(Sql.ask(database, "select count(*) from numbers")).isEqualTo("1");
        }
    }

    @Nested
    class AskedForByAClass {
        @BeforeAll
        static void create(@Database TestDatabase database) throws SQLException {
            Sql.tell(database.dataSource(), "create table numbers (number int)");
        }

        @RepeatedTest(2)
        void isSharedByItsTests(RepetitionInfo repetition, @Database DataSource database) throws SQLException {
            Sql.tell(database, "insert into numbers values (1)");
            assertThat(Sql.ask(database, "select count(*) from numbers"))
                    .isEqualTo(Integer.toString(repetition.getCurrentRepetition()));
        }
    }
}
