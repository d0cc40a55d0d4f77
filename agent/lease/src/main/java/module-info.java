/** The owner's lease of a host: the protocol by which nothing runs twice. Pure; depends on nothing. */
module regie.agent.lease {
    requires static org.jspecify;

    exports regie.agent.lease;
}
