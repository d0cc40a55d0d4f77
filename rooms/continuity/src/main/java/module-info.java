/** Who is dead and by what proof; storms in which nothing is fenced; servers that are worked on. */
module regie.continuity {
    requires static transitive org.jspecify;
    requires transitive regie.agent.lease;
    requires transitive regie.compute;
    requires org.slf4j;

    exports regie.continuity;

    opens regie.continuity to
            tools.jackson.databind;
}
