package regie.kernel;

import java.sql.SQLException;

/** The database refused or gave no answer; on its way to {@link Database}, which knows whether to try again. */
final class SqlFailure extends RuntimeException {
    SqlFailure(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
