/** The program that runs on every server. */
module regie.agent.daemon {
    requires static org.jspecify;
    requires info.picocli;
    requires org.bouncycastle.pkix;
    requires regie.agent.channel;
    requires regie.agent.contract;
    requires regie.agent.lease;
    requires regie.engine.libvirt;
    requires regie.engine.simulated;
    requires tools.jackson.databind;

    exports regie.agent.daemon;

    opens regie.agent.daemon to
            info.picocli,
            tools.jackson.databind;
}
