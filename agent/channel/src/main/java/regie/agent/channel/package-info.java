/**
 * gRPC over mutual TLS 1.3 between agents and the control room. The room's end is {@link regie.agent.channel.AgentDoor}
 * with a {@link regie.agent.channel.RoomSide} behind it; the agent's end is {@link regie.agent.channel.RoomLink}.
 */
@NullMarked
package regie.agent.channel;

import org.jspecify.annotations.NullMarked;
