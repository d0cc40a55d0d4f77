/** A whole Regie of real processes (room, PostgreSQL, agents with simulated hosts), and somebody who kills them. */
@NullMarked
package regie.lab.chaos;

import org.jspecify.annotations.NullMarked;
