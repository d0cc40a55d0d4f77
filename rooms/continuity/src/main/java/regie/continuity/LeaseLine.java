package regie.continuity;

import regie.agent.lease.Answer;
import regie.agent.lease.Refusals;
import regie.agent.lease.Terms;

/** How the room speaks to one attending host about leases. Nothing blocks, and nothing is sure to arrive. */
public interface LeaseLine {
    /** @param beatMillis between two beats to the room */
    void termed(Terms terms, long beatMillis);

    void refusing(Refusals refusals);

    void answered(Answer answer);
}
