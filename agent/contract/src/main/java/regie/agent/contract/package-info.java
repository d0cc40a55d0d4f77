/** The wish a host is handed and the report it gives back; depends on nothing. */
@NullMarked
package regie.agent.contract;

import org.jspecify.annotations.NullMarked;
