/** What the company owns and where it stands: sites, racks, feeds, servers, devices and the links between them. */
module regie.estate {
    requires static org.jspecify;
    requires transitive regie.kernel;

    exports regie.estate;
}
