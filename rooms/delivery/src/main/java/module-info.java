/** Telling others what changed: webhooks, what waits to be delivered to them, and what became of it. */
module regie.delivery {
    requires static transitive org.jspecify;
    requires transitive regie.identity;
    requires transitive regie.kernel;
    requires org.slf4j;

    exports regie.delivery;

    opens regie.delivery to
            tools.jackson.databind;
}
