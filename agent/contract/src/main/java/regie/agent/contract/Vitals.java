package regie.agent.contract;

/**
 * How a host itself is, apart from its guests. Said once a second by a part of the agent that waits for nothing: neither for its engine
 * nor for its disk, so that it can say that these hang.
 *
 * @param boot tells each start of the host's operating system from all others; empty where that is not known
 * @param rebootable whether the agent may have the host rebooted
 * @param lookedMillis how long ago the engine last said what is there
 * @param diskMillis for how long the disk has left a small write unanswered, beyond what is usual; 0 where it answers
 * @param diskFault what the disk said in place of taking that write; empty where it takes it
 */
public record Vitals(String boot, boolean rebootable, long lookedMillis, long diskMillis, String diskFault) {
    public Vitals {
        if (lookedMillis < 0 || diskMillis < 0)
            throw new IllegalArgumentException("looked %d ms or disk %d ms < 0".formatted(lookedMillis, diskMillis));
    }
}
