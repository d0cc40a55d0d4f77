/** Real hosts on one machine, and the image their guests boot from. */
@NullMarked
package regie.lab;

import org.jspecify.annotations.NullMarked;
