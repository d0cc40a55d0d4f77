/**
 * Takes the newest wish of the control room, makes it so through an engine, and tells what it sees. It touches no guest
 * because the room is gone, and none because it starts anew itself.
 */
@NullMarked
package regie.agent.daemon;

import org.jspecify.annotations.NullMarked;
