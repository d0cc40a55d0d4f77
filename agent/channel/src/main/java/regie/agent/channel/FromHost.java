package regie.agent.channel;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.ByteBuffer;
import java.util.UUID;
import regie.agent.contract.Report;
import regie.agent.contract.WishRefused;

/** What one host says to the control room while it attends. {@link Hello} comes first and once. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is", defaultImpl = FromHost.Unknown.class)
public sealed interface FromHost {

    /**
     * @param protocol the newest version of this channel that the agent speaks, see {@link Methods#PROTOCOL}
     * @param generation of the newest wish the host has taken; 0 before the first
     */
    record Hello(String host, int protocol, long generation) implements FromHost {}

    record Seen(Report report) implements FromHost {}

    /** The agent of the host lives, whatever its engine does. */
    record Beat() implements FromHost {}

    /** The host took nothing of that wish. */
    record Refused(long generation, WishRefused.Reason reason, String detail) implements FromHost {}

    /** @param failure why there are no bytes; empty where there are */
    record ConsoleLog(long request, ByteBuffer bytes, String failure) implements FromHost {}

    /** The console asked for will not come. */
    record ConsoleRefused(UUID session, String reason) implements FromHost {}

    /** Something that a newer agent says and this room does not understand: passed over. */
    record Unknown() implements FromHost {}
}
