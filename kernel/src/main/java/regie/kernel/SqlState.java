package regie.kernel;

import java.sql.SQLException;

/** PostgreSQL's five-letter error codes that we act on (PostgreSQL manual, appendix A). */
public enum SqlState {
    SERIALIZATION_FAILURE("40001"),
    DEADLOCK_DETECTED("40P01"),
    UNIQUE_VIOLATION("23505"),
    FOREIGN_KEY_VIOLATION("23503"),
    CHECK_VIOLATION("23514"),
    OTHER("");

    private final String code;

    SqlState(String code) {
        this.code = code;
    }

    /** Finds the SQL error inside {@code thrown}, however deep it was wrapped. */
    public static SqlState of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                for (var state : values()) if (state.code.equals(sql.getSQLState())) return state;
            }
        }
        return OTHER;
    }

    static String message(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) return String.valueOf(sql.getMessage());
        }
        return String.valueOf(thrown.getMessage());
    }

    boolean worthAnotherTry() {
        return this == SERIALIZATION_FAILURE || this == DEADLOCK_DETECTED;
    }
}
