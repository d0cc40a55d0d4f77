/** Who may do what, and who did. */
@NullMarked
package regie.identity;

import org.jspecify.annotations.NullMarked;
