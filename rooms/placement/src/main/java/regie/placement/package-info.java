/** Which guest goes to which host, and why to no other. Pure: no database, no clock, no chance. */
@NullMarked
package regie.placement;

import org.jspecify.annotations.NullMarked;
