/** Bytes: the files that guests boot from, and whether a file is what it has to be. */
module regie.storage {
    requires static transitive org.jspecify;
    requires transitive regie.kernel;
    requires transitive regie.agent.contract;
    requires org.slf4j;

    exports regie.storage;
}
