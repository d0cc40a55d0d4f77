package regie.agent.contract;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Protected connections between hosts: encrypted, and each end has proven which host it is. */
public interface HostTunnel {
    /** Where other hosts reach this one; goes to them by {@link HandoverSeen#ticket}. */
    String address();

    /**
     * Connects to another host.
     *
     * @param host name of the host that must answer
     * @param address as that host's {@link #address}
     * @param purpose for the one who answers: at most 200 characters, no line break
     * @throws IOException where nobody answers, or somebody else
     */
    Stream connect(String host, String address, String purpose) throws IOException;

    /** Hands every connection that comes in to {@code guard}, each on a thread of its own. */
    void answer(Guard guard);

    /** Whoever answers connections. */
    interface Guard {
        /**
         * @param host that has proven to be the one at the other end
         * @param purpose what it says it wants
         * @throws IOException where it is turned away; the connection is then closed
         */
        void come(String host, String purpose, Stream stream) throws IOException;
    }

    /** Bytes in both directions. Whoever has it closes it. */
    interface Stream extends Closeable {
        InputStream in() throws IOException;

        OutputStream out() throws IOException;

        /** No more bytes are sent; the other direction stays. */
        void endOutput() throws IOException;
    }
}
