/** Who may do what, and who did: projects, tokens, the audit trail, and the desk that everything declared passes. */
module regie.identity {
    requires static transitive org.jspecify;
    requires transitive regie.kernel;

    exports regie.identity;

    opens regie.identity;
}
