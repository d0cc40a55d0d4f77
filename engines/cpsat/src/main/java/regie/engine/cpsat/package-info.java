/** The CP-SAT solver of OR-Tools behind {@link regie.placement.Solver}. */
@NullMarked
package regie.engine.cpsat;

import org.jspecify.annotations.NullMarked;
