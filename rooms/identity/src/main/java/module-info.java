/** Who may do what, and who did: projects, tokens, the audit trail, and the desk that everything declared passes. */
module regie.identity {
    requires static transitive org.jspecify;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires transitive regie.agent.contract;
    requires transitive regie.kernel;

    exports regie.identity;

    opens regie.identity;
}
