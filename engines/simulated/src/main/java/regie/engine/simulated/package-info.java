/** A hypervisor without hardware, with every fault a real one has. */
@NullMarked
package regie.engine.simulated;

import org.jspecify.annotations.NullMarked;
