/** Hosts for tests and demonstrations: real hypervisors on one machine, which are gone when their owner is. */
module regie.lab {
    requires static org.jspecify;
    requires transitive regie.agent.contract;
    requires transitive tools.jackson.databind;
    requires java.net.http;

    exports regie.lab;
}
