/** Machines: flavors, images, keypairs, instances and fleets, where they run, and what each host is told to run. */
@NullMarked
package regie.compute;

import org.jspecify.annotations.NullMarked;
