/** The wish a host is handed and the report it gives back; depends on nothing. */
module regie.agent.contract {
    requires static org.jspecify;

    exports regie.agent.contract;
}
