package regie.agent.channel;

import java.util.UUID;
import regie.agent.contract.Wish;

/**
 * How the room speaks to one attending host. Any thread may call, nothing blocks, and nothing is sure to arrive: what was
 * seen is told by the reports. After the end of the call everything said is dropped.
 */
public interface HostLine {
    /** A wish not yet sent is replaced by this one: the newest is all a host needs. */
    void wish(Wish wish);

    void openConsole(UUID session, UUID guest);

    void readConsoleLog(long request, UUID guest, int bytesMax);

    /** Has the host boot anew, see {@link FromRoom.Reboot}. */
    void reboot(String boot);

    /** An answer to a beat is said now or not at all. */
    void lease(FromRoom.OfLease word);

    /** Ends the call; the host comes again after a while. */
    void bye(String reason);
}
