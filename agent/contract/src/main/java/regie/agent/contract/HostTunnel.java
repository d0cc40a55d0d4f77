package regie.agent.contract;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Protected connections between hosts: encrypted, and each end has proven to be an agent of this control room. */
public interface HostTunnel {
    /** Where others reach this host and whom they must find there; they learn it from {@link HandoverSeen#ticket}. */
    String address();

    /**
     * Connects to another host.
     *
     * @param address as that host's {@link #address}
     * @param purpose for the one who answers: at most 200 characters, no line break; it may hold a secret
     * @throws IOException where nobody answers, somebody else does, or the purpose is turned away
     */
    Stream connect(String address, String purpose) throws IOException;

    /** From now on hands every connection that comes in to {@code guard}, each on a thread of its own. */
    void answer(Guard guard);

    /** Whoever answers connections. */
    interface Guard {
        /**
         * @param purpose what the other end says it wants
         * @return who takes the connection
         * @throws IOException where it is turned away; the message is for the other end
         */
        Taker admit(String purpose) throws IOException;
    }

    /** Takes a connection that was let in, and closes it. */
    interface Taker {
        void take(Stream stream) throws IOException;
    }

    /** Bytes in both directions. */
    interface Stream extends Closeable {
        InputStream in() throws IOException;

        OutputStream out() throws IOException;

        /** No more bytes are sent; the other direction stays. */
        void endOutput() throws IOException;
    }
}
