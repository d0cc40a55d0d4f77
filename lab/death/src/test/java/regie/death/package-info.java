@NullMarked
package regie.death;

import org.jspecify.annotations.NullMarked;
