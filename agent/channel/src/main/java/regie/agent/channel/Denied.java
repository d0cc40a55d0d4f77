package regie.agent.channel;

/** The room does not let an agent do what it asks for. The message is shown at the agent's end. */
public final class Denied extends Exception {
    public Denied(String message) {
        super(message);
    }
}
