/** Asks machines over the network whether they serve: by HTTP, or by a connection alone. */
module regie.engine.probes {
    requires static org.jspecify;
    requires transitive regie.compute;
    requires java.net.http;

    exports regie.engine.probes;
}
