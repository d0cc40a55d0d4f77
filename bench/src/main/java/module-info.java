/** Measures the whole program from outside, as its users meet it: real processes, real clocks, real disks. */
module regie.bench {
    requires static org.jspecify;
    requires java.net.http;
    requires regie.lab;
    requires regie.lab.clients;
    requires java.management;
    requires regie.placement.checker;
    requires regie.packing;
    requires regie.death;
    requires regie.placement;
    requires regie.engine.cpsat;
    requires regie.engine.postgres;
}
