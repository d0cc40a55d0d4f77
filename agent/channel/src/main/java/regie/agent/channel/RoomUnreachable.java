package regie.agent.channel;

/** The room gave no answer. Worth another try. */
public final class RoomUnreachable extends Exception {
    public RoomUnreachable(String message, Throwable cause) {
        super(message, cause);
    }
}
