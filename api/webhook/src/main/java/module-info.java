/** Webhooks as the Standard Webhooks specification has them: the dialect only. What is sent, to whom and when is decided in delivery. */
module regie.webhook {
    requires static transitive org.jspecify;
    requires transitive regie.delivery;

    exports regie.webhook;
}
