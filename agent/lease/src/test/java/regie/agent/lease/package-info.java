@NullMarked
package regie.agent.lease;

import org.jspecify.annotations.NullMarked;
