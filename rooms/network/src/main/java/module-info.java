/** The networks that guests are on, and who has which address. */
module regie.network {
    requires static org.jspecify;
    requires transitive regie.kernel;
    requires inet.ipaddr;

    exports regie.network;
}
