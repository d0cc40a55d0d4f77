/** Published traces, snapshots and problems, played through placement. */
@NullMarked
package regie.packing;

import org.jspecify.annotations.NullMarked;
