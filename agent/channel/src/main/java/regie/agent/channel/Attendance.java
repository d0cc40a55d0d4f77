package regie.agent.channel;

import java.util.UUID;
import regie.agent.contract.Report;
import regie.agent.contract.Vitals;
import regie.agent.contract.WishRefused;

/** The room's ear for one attending host. */
public interface Attendance {
    void report(Report report);

    void beat();

    void examined(Vitals vitals);

    void refused(long generation, WishRefused.Reason reason, String detail);

    /** @param failure why there are no bytes; empty where there are */
    void consoleLog(long request, byte[] bytes, String failure);

    void consoleRefused(UUID session, String reason);

    void lease(FromHost.OfLease word);

    /** The call is over, for whatever reason; the last that is heard. It says nothing about the host's guests. */
    void left(String why);
}
