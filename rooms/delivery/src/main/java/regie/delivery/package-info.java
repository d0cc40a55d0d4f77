/** Telling others what changed: webhooks, what waits to be delivered to them, and what became of it. */
@NullMarked
package regie.delivery;

import org.jspecify.annotations.NullMarked;
