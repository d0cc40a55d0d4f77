/** The command line as a child process, against a control room as a child process, on a real PostgreSQL. */
@NullMarked
package regie.cli.e2e;

import org.jspecify.annotations.NullMarked;
