/** Machines, where they run, and what each host is told to run. */
module regie.compute {
    requires static transitive org.jspecify;
    requires transitive regie.kernel;
    requires transitive regie.agent.contract;
    requires transitive regie.estate;
    requires transitive regie.storage;
    requires transitive regie.identity;
    requires regie.network;
    requires transitive regie.placement;
    requires org.slf4j;

    exports regie.compute;

    opens regie.compute to
            tools.jackson.databind;
}
