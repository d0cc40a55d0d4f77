/** Runs guests through libvirt, whose C library it calls directly. */
module regie.engine.libvirt {
    requires static org.jspecify;
    requires java.xml;
    requires transitive regie.agent.contract;

    exports regie.engine.libvirt;
}
