package regie.testing;

import java.sql.SQLException;
import javax.sql.DataSource;

/** Fills an empty database with what tests start from, such as the migrations of one room. */
@FunctionalInterface
public interface Schema {
    /** Runs once per JVM; every database that asks for this schema is a clone of the result. */
    void migrate(DataSource database) throws SQLException;

    /** Nothing at all. */
    final class Empty implements Schema {
        /** Nothing to say. */
        public Empty() {}

        @Override
        public void migrate(DataSource database) {}
    }
}
