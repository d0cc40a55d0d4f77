@NullMarked
package regie.engine.probes;

import org.jspecify.annotations.NullMarked;
