/**
 * Judges what the placement room says, by arithmetic of its own: it shares no code with it but the public records. For tests,
 * simulations and benchmarks; the control room itself doesn't need it.
 */
module regie.placement.checker {
    requires static org.jspecify;
    requires transitive regie.placement;
    requires regie.kernel;

    exports regie.placement.checker;
}
