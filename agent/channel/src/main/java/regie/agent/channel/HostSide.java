package regie.agent.channel;

import java.util.UUID;
import regie.agent.contract.Wish;

/** One host behind a {@link RoomLink}: what the room tells it. Called by one thread at a time; must not block. */
public interface HostSide {
    /** Name of the server. */
    String host();

    /** Of the newest wish taken; asked at every beginning of the call. */
    long newestGeneration();

    /** The room hears this host, perhaps again: time for a report. */
    void heard();

    void wish(Wish wish);

    void openConsole(UUID session, UUID guest);

    void readConsoleLog(long request, UUID guest, int bytesMax);

    /** To boot anew, if it is still in the boot that is named and nothing runs on it. */
    void reboot(String boot);

    void lease(FromRoom.OfLease word);
}
