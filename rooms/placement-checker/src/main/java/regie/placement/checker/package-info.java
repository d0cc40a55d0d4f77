@NullMarked
package regie.placement.checker;

import org.jspecify.annotations.NullMarked;
