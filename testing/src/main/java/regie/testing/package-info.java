/**
 * What the tests of all modules share. Annotate a parameter with {@link regie.testing.Database}, or ask {@link
 * regie.testing.TestDatabases} by hand.
 */
@NullMarked
package regie.testing;

import org.jspecify.annotations.NullMarked;
