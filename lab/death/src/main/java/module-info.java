/** The death of hosts in virtual time: the production protocol against everything that can go wrong, judged by an oracle of its own. */
module regie.death {
    requires static org.jspecify;
    requires regie.agent.lease;
    requires regie.continuity;

    exports regie.death;
}
