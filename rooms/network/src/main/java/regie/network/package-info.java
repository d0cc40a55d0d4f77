/** The networks that guests are on, and who has which address. */
@NullMarked
package regie.network;

import org.jspecify.annotations.NullMarked;
