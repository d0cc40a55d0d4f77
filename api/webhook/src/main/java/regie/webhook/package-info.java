/** Webhooks as the Standard Webhooks specification has them: signed, over HTTP/1.1, and only to where they may go. */
@NullMarked
package regie.webhook;

import org.jspecify.annotations.NullMarked;
