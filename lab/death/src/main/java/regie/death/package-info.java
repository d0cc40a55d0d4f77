/**
 * Deterministic simulation of death. {@link regie.death.Play} runs one seed: hosts with agents, wardens and guests, servers of the room on
 * one database, a network that loses and delays, and faults. The protocol is {@code regie.agent.lease}, the production classes. What the
 * room decides from it is {@link regie.death.Judge}. The {@link regie.death.Oracle} sees the processes themselves and nothing else.
 */
@NullMarked
package regie.death;

import org.jspecify.annotations.NullMarked;
