/** The CP-SAT solver of OR-Tools, for those plans that are worth a longer look. Nothing of it is loaded before it is asked. */
module regie.engine.cpsat {
    requires static org.jspecify;
    requires transitive regie.placement;
    requires ortools.java;
    requires com.google.protobuf;

    exports regie.engine.cpsat;
}
