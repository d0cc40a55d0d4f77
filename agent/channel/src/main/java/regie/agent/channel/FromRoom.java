package regie.agent.channel;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.UUID;
import regie.agent.contract.Wish;
import regie.agent.lease.Answer;
import regie.agent.lease.Refusals;
import regie.agent.lease.Terms;

/** What the control room says to one attending host. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is", defaultImpl = FromRoom.Unknown.class)
public sealed interface FromRoom {

    record Wished(Wish wish) implements FromRoom {}

    /** The host is to open the guest's console and to bring it by the method {@code Console}, naming {@code session}. */
    record OpenConsole(UUID session, UUID guest) implements FromRoom {}

    /** To be answered by {@link FromHost.ConsoleLog} with the same {@code request}. */
    record ReadConsoleLog(long request, UUID guest, int bytesMax) implements FromRoom {}

    /**
     * The host is to boot anew, if nothing runs on it and it still is in the boot that is named. So it does no harm to say this
     * again and again. Said only to hosts that are {@link regie.agent.contract.Vitals#rebootable}.
     */
    record Reboot(String boot) implements FromRoom {}

    /** Said for the sake of the owner's lease; an agent that knows nothing of it passes it over. */
    sealed interface OfLease extends FromRoom {}

    record Answered(Answer answer) implements OfLease {}

    /**
     * By what the host is to count its lease; said after {@link FromHost.CanLease} and at each change.
     *
     * @param beatMillis between two beats to the room: so many as this server can hear of all its hosts
     */
    record Termed(Terms terms, long beatMillis) implements OfLease {}

    /** Whom the host as a voter is to grant nothing: the whole list. */
    record Refusing(Refusals refusals) implements OfLease {}

    /** The room ends this attendance; the host may come again. */
    record Bye(String reason) implements FromRoom {}

    /** Something that a newer room says and this agent does not understand: passed over. */
    record Unknown() implements FromRoom {}
}
