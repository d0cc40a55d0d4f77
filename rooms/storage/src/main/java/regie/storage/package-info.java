/** Bytes: the files that guests boot from, kept by their content, and whether a file is what it has to be. */
@NullMarked
package regie.storage;

import org.jspecify.annotations.NullMarked;
