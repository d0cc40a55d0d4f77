/** What clients do to a control room: hostile ones, and many at once. They know no more than its HTTP. */
module regie.lab.clients {
    requires static org.jspecify;
    requires tools.jackson.databind;

    exports regie.lab.clients;
}
