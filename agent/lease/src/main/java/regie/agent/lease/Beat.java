package regie.agent.lease;

/**
 * "I am here", to the room and to each voter. The same beat goes to all of them but for {@code hears}.
 *
 * @param incarnation told apart from every other start of the agent, so that a late answer is not taken for one to a newer beat
 * @param sequence counts from 1 within the incarnation
 * @param settled number of the terms that alone the host counts by, which are on its disk; a beat that was overtaken may tell an older one
 * @param hears whether the receiver's answers have come through lately: who is heard and hears nothing is as good as gone
 * @param held whether guests may run on the host
 */
public record Beat(String host, long incarnation, long sequence, long settled, boolean hears, boolean held) {}
