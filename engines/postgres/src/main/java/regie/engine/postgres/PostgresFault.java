package regie.engine.postgres;

/**
 * PostgreSQL could not be started or reached its end; the message names the thing, the value and the way out.
 *
 * <p>Messages may quote the end of the server's own log, which never holds a secret.
 */
public final class PostgresFault extends Exception {
    /** What sort of trouble it is, for callers that react differently to each. */
    public enum Reason {
        /** This machine lacks something: another operating system, no {@code setpriv}, no way to make the service user. */
        MACHINE,
        /** A folder cannot be used: unreadable, of a foreign shape, or closed to the service user. */
        FOLDER,
        /** Another living process holds the folder. */
        HELD,
        /** The folder was made by another major version of PostgreSQL. */
        VERSION,
        /** The server ended, or did not accept connections in time. */
        SERVER
    }

    private final Reason reason;

    PostgresFault(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    PostgresFault(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Returns what sort of trouble it is. */
    public Reason reason() {
        return reason;
    }
}
