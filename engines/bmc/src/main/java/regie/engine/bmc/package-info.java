/** The power of servers, through their controllers. */
@NullMarked
package regie.engine.bmc;

import org.jspecify.annotations.NullMarked;
