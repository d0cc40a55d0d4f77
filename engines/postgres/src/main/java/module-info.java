/** Runs a PostgreSQL server of our own, safely through any death of its parent; knows nothing of what is stored in it. */
module regie.engine.postgres {
    requires static org.jspecify;
    requires org.apache.commons.compress;
    requires org.tukaani.xz;
    requires embedded.postgres.binaries.linux.amd64;

    exports regie.engine.postgres;
}
