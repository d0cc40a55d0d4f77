/** The control room as one program: where every room meets its edges. */
module regie.server {
    requires static transitive org.jspecify;
    requires regie.identity;
    requires regie.estate;
    requires regie.network;
    requires regie.compute;
    requires regie.continuity;
    requires regie.storage;
    requires regie.agent.channel;
    requires regie.rest;
    requires regie.delivery;
    requires regie.webhook;
    requires regie.engine.bmc;
    requires regie.engine.cpsat;
    requires regie.engine.probes;
    requires regie.engine.ec2;
    requires regie.engine.postgres;
    requires com.zaxxer.hikari;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires java.logging;
    requires java.management;
    requires java.net.http;
    requires org.slf4j;

    opens regie.server;
}
