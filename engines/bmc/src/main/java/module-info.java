/** The power of servers, through their controllers: IPMI by ipmitool, Redfish over HTTPS. */
module regie.engine.bmc {
    requires static transitive org.jspecify;
    requires transitive regie.continuity;
    requires java.net.http;

    exports regie.engine.bmc;
}
