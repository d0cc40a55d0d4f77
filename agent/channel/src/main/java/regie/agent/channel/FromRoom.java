package regie.agent.channel;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.UUID;
import regie.agent.contract.Wish;

/** What the control room says to one attending host. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is", defaultImpl = FromRoom.Unknown.class)
public sealed interface FromRoom {

    record Wished(Wish wish) implements FromRoom {}

    /** The host is to open the guest's console and to bring it by the method {@code Console}, naming {@code session}. */
    record OpenConsole(UUID session, UUID guest) implements FromRoom {}

    /** To be answered by {@link FromHost.ConsoleLog} with the same {@code request}. */
    record ReadConsoleLog(long request, UUID guest, int bytesMax) implements FromRoom {}

    /** The room ends this attendance; the host may come again. */
    record Bye(String reason) implements FromRoom {}

    /** Something that a newer room says and this agent does not understand: passed over. */
    record Unknown() implements FromRoom {}
}
