/** Hosts that exist in memory alone: for laptops, rehearsals and proofs. */
module regie.engine.simulated {
    requires static org.jspecify;
    requires transitive regie.agent.contract;

    exports regie.engine.simulated;
}
