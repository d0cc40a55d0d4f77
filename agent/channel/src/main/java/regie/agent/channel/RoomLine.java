package regie.agent.channel;

import java.util.UUID;
import regie.agent.contract.Report;
import regie.agent.contract.Vitals;
import regie.agent.contract.WishRefused;

/**
 * How one host speaks to the room. Any thread may call and nothing blocks. While the room can't be reached everything
 * said is dropped: {@link HostSide#heard} says when it is worth saying again.
 */
public interface RoomLine extends AutoCloseable {
    /** A report not yet sent is replaced by this one. */
    void report(Report report);

    void beat();

    /** How the host itself is. Said now or not at all. */
    void examined(Vitals vitals);

    void refused(long generation, WishRefused.Reason reason, String detail);

    /** @param failure why there are no bytes; empty where there are */
    void consoleLog(long request, byte[] bytes, String failure);

    void consoleRefused(UUID session, String reason);

    /** A beat is said now or not at all. */
    void lease(FromHost.OfLease word);

    /** Hangs up and calls again at once, as after a broken connection. */
    void again();

    /** Hangs up for good. */
    @Override
    void close();
}
