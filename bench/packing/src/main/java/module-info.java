/** Published traces, snapshots and problems, played through placement. */
module regie.packing {
    requires static org.jspecify;
    requires transitive regie.placement;
    requires transitive regie.kernel;
    requires tools.jackson.databind;

    exports regie.packing;
}
