package regie.agent.channel;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import regie.agent.contract.Report;
import regie.agent.contract.Vitals;
import regie.agent.contract.WishRefused;

/** What one host says to the control room while it attends. {@link Hello} comes first and once. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is", defaultImpl = FromHost.Unknown.class)
public sealed interface FromHost {

    /**
     * @param protocol the newest version of this channel that the agent speaks, see {@link Methods#PROTOCOL}
     * @param generation of the newest wish the host has taken; 0 before the first
     */
    record Hello(String host, int protocol, long generation) implements FromHost {
        /** Whether {@link OfLease} will follow, and is understood. */
        public boolean knowsLeases() {
            return protocol >= 2;
        }
    }

    record Seen(Report report) implements FromHost {}

    /** The agent of the host lives, whatever its engine does. */
    record Beat() implements FromHost {}

    /** How the host itself is; said once a second, and now or not at all. */
    record Examined(Vitals vitals) implements FromHost {}

    /** The host took nothing of that wish. */
    record Refused(long generation, WishRefused.Reason reason, String detail) implements FromHost {}

    /** @param failure why there are no bytes; empty where there are */
    record ConsoleLog(long request, ByteBuffer bytes, String failure) implements FromHost {}

    /** The console asked for will not come. */
    record ConsoleRefused(UUID session, String reason) implements FromHost {}

    /** Said for the sake of the owner's lease; a room that knows nothing of it passes it over, and then the host has none. */
    sealed interface OfLease extends FromHost {}

    /**
     * First of its kind in each call.
     *
     * @param holds whether the guests' end can be seen to, whatever becomes of the agent: only then it may have a lease
     * @param terms number of the newest that it counts by; 0 for none
     * @param tunnel where other agents reach this one, as {@link regie.agent.contract.HostTunnel#address}; empty: they can't,
     *     and it votes for nobody
     */
    record CanLease(boolean holds, long terms, String tunnel) implements OfLease {}

    record Beating(regie.agent.lease.Beat beat) implements OfLease {}

    /** As a voter for others: whom it grants nothing; said again and again while there are any. */
    record Promised(List<regie.agent.lease.Refused> promises) implements OfLease {}

    /** As a voter for others: whose beats come, and whose are missed; said at each change. */
    record Watching(List<String> hears, List<String> misses) implements OfLease {
        public Watching {
            hears = List.copyOf(hears);
            misses = List.copyOf(misses);
        }
    }

    /** Something that a newer agent says and this room does not understand: passed over. */
    record Unknown() implements FromHost {}
}
