package regie.agent.contract;

import java.util.Optional;

/** Who is who in the certificates of the agent channel. */
public final class CertificateNames {
    /**
     * The DNS name that every server of the control room has in its certificate. An agent checks this and not the address
     * it dialled: rooms move, stand behind balancers and are reached by several addresses.
     */
    public static final String ROOM = "room.regie.internal";

    private static final String AGENT = "regie:agent:";

    private CertificateNames() {}

    /** The URI in the subject alternative names of an agent's certificate. */
    public static String uri(String agent) {
        return AGENT + agent;
    }

    /** The agent that {@code uri} names; empty where it names none. */
    public static Optional<String> agent(String uri) {
        return uri.startsWith(AGENT) && uri.length() > AGENT.length()
                ? Optional.of(uri.substring(AGENT.length()))
                : Optional.empty();
    }
}
