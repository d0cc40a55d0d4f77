/** REST v1: the dialect only. What is allowed and done is decided at the desk of identity. */
module regie.rest {
    requires static transitive org.jspecify;
    requires transitive regie.compute;
    requires transitive regie.continuity;
    requires regie.graphql;
    requires transitive regie.delivery;
    requires transitive regie.identity;
    requires io.javalin;
    requires kotlin.stdlib;
    requires org.slf4j;

    exports regie.rest;

    opens regie.rest;
}
