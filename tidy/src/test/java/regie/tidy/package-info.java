/** What the compiler can't see: rules over the tree as text, each with its reason and the thing to use instead. */
@NullMarked
package regie.tidy;

import org.jspecify.annotations.NullMarked;
