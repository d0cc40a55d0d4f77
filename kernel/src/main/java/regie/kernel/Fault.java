package regie.kernel;

/** The world broke: a disk, a network, a database, another program. Retried, shown and counted; nobody's bug and nobody's wrong input. */
public class Fault extends RuntimeException {
    public Fault(String message) {
        super(message);
    }

    public Fault(String message, Throwable cause) {
        super(message, cause);
    }
}
