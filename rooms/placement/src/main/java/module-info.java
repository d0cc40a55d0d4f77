/** Which guest goes to which host, and why to no other. Pure: no database, no clock, no chance. */
module regie.placement {
    requires static org.jspecify;
    requires regie.kernel;

    exports regie.placement;
}
