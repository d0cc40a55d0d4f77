/**
 * The command line. Each word is one class {@code …Command}; what is printed comes from a {@code …Page}, which turns JSON into text
 * and touches nothing; {@link regie.cli.Room} is the only way to the room.
 */
@NullMarked
package regie.cli;

import org.jspecify.annotations.NullMarked;
