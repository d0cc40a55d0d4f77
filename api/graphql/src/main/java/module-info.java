/** GraphQL for reading: the dialect only. What may be seen is decided by identity's register. */
module regie.graphql {
    requires static transitive org.jspecify;
    requires transitive regie.identity;
    requires com.graphqljava;
    requires org.dataloader;
    requires org.reactivestreams;
    requires org.slf4j;

    exports regie.graphql;
}
