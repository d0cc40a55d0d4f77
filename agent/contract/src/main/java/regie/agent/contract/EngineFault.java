package regie.agent.contract;

/** The engine of a host did not do its work: it is down, unreachable or answered with an error. Worth another try. */
public final class EngineFault extends Exception {
    public EngineFault(String message) {
        super(message);
    }

    public EngineFault(String message, Throwable cause) {
        super(message, cause);
    }
}
