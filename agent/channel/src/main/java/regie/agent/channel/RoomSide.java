package regie.agent.channel;

import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.UUID;

/**
 * The control room behind its {@link AgentDoor}. Every method may be called by many threads at once, may block, and may
 * refuse by {@link Denied}; any other exception is logged here and told to the agent as an internal failure.
 */
public interface RoomSide {

    /** Takes the token and signs. The caller has shown no certificate: the token is all there is to judge by. */
    Issued join(JoinRequest request) throws Denied;

    /** Asked at every call of an agent that has a certificate of the room's CA: is it still welcome? */
    void admit(Peer peer) throws Denied;

    Issued renew(Peer peer, String requestPem) throws Denied;

    /**
     * A host has come, perhaps again and perhaps while its former call still stands: the newer call is the real one.
     *
     * @param line how to speak to the host
     * @return who listens to the host; called in the order of its messages, by one thread at a time
     */
    Attendance attend(Peer peer, FromHost.Hello hello, HostLine line) throws Denied;

    /** The bytes of an artifact. The door closes it. */
    SeekableByteChannel artifact(Peer peer, String sha256) throws Denied, IOException;

    /** The console of a session that a host was asked for. Whoever takes it closes it. Must not block. */
    void console(Peer peer, UUID session, ByteChannel console) throws Denied;
}
