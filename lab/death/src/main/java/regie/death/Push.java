package regie.death;

import regie.agent.lease.Refusals;
import regie.agent.lease.Terms;

/**
 * From the room to an agent.
 *
 * @param incarnation of the agent that it is for: it goes over that agent's own connection, and dies with it
 */
record Push(long incarnation, Terms terms, Refusals refusals, Wish wish) {}
