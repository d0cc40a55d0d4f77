package regie.kernel;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row of an answer, read by column name. Columns that may be null have a {@code maybe…} reader. */
public final class Row {
    private final ResultSet rows;

    Row(ResultSet rows) {
        this.rows = rows;
    }

    public String text(String column) {
        return present(column, maybeText(column));
    }

    /** Of any type: the driver gives JSONB and the like as their text only here. */
    public Optional<String> maybeText(String column) {
        try {
            return Optional.ofNullable(rows.getString(column));
        } catch (SQLException e) {
            throw new Fault("can't read column " + column, e);
        }
    }

    public UUID uuid(String column) {
        return present(column, maybeUuid(column));
    }

    public Optional<UUID> maybeUuid(String column) {
        return Optional.ofNullable(read(column, UUID.class));
    }

    public long number(String column) {
        return present(column, maybeNumber(column));
    }

    public Optional<Long> maybeNumber(String column) {
        try {
            long number = rows.getLong(column); // of any whole-number type
            return rows.wasNull() ? Optional.empty() : Optional.of(number);
        } catch (SQLException e) {
            throw new Fault("can't read column " + column, e);
        }
    }

    public int integer(String column) {
        return Math.toIntExact(number(column));
    }

    public boolean flag(String column) {
        return present(column, Optional.ofNullable(read(column, Boolean.class)));
    }

    public byte[] bytes(String column) {
        try {
            return present(column, Optional.ofNullable(rows.getBytes(column)));
        } catch (SQLException e) {
            throw new Fault("can't read column " + column, e);
        }
    }

    public Instant instant(String column) {
        return present(column, maybeInstant(column));
    }

    public Optional<Instant> maybeInstant(String column) {
        return Optional.ofNullable(read(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static <T> T present(String column, Optional<T> value) {
        return value.orElseThrow(() -> Check.failed("column " + column + " is never null"));
    }

    private <T> @Nullable T read(String column, Class<T> type) {
        try {
            return rows.getObject(column, type);
        } catch (SQLException e) {
            throw new Fault("can't read column " + column, e);
        }
    }
}
