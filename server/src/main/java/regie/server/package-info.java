/** The control room as one program: settings, start, stop, and the one place where the rooms meet their edges. */
@NullMarked
package regie.server;

import org.jspecify.annotations.NullMarked;
