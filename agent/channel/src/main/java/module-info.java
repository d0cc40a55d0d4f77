/** How agents and the control room speak to each other; both ends. */
module regie.agent.channel {
    requires static org.jspecify;
    requires transitive regie.agent.contract;
    requires transitive regie.agent.lease;
    requires com.fasterxml.jackson.annotation;
    requires io.grpc;
    requires io.grpc.netty.shaded;
    requires io.grpc.stub;
    requires tools.jackson.databind;

    exports regie.agent.channel;
}
