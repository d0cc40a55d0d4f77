/** What every room stands on; it knows no business noun. */
@NullMarked
package regie.kernel;

import org.jspecify.annotations.NullMarked;
