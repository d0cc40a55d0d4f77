/**
 * Runs a PostgreSQL server of our own, safely through any death of its parent. {@link
 * regie.engine.postgres.EmbeddedPostgres} is one life of a server; {@link regie.engine.postgres.PostgresKeeper} starts
 * the next one when it dies.
 */
@NullMarked
package regie.engine.postgres;

import org.jspecify.annotations.NullMarked;
