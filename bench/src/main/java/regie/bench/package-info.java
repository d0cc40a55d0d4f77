/** Benchmarks: each drives a room of its own and ends with a line {@code RESULT name key=number …}. */
@NullMarked
package regie.bench;

import org.jspecify.annotations.NullMarked;
