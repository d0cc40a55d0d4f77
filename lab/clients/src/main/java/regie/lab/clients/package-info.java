/** Clients that find out what a control room does when it is treated badly. */
@NullMarked
package regie.lab.clients;

import org.jspecify.annotations.NullMarked;
