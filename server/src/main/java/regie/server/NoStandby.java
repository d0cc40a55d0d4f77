package regie.server;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/** A connection whose server has become a standby is of no use, though it answers. Made by the pool, by its name. */
public final class NoStandby implements SQLExceptionOverride {
    private static final String READ_ONLY = "25006";

    public NoStandby() {}

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException failed) {
        return READ_ONLY.equals(failed.getSQLState())
                ? SQLExceptionOverride.Override.MUST_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
}
