package regie.agent.channel;

import java.util.Arrays;
import java.util.List;

/** Where the door for agents of a server of the room is. */
public record RoomAddress(String host, int port) {
    public RoomAddress {
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a room's address: '%s' port %d".formatted(host, port));
        }
    }

    /** @param text as {@code room.example:7443} or {@code [2001:db8::1]:7443} */
    public static RoomAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        var port = text.substring(colon + 1);
        if (colon < 1 || !port.matches("\\d{1,5}")) {
            throw new IllegalArgumentException("'%s' is not HOST:PORT".formatted(text));
        }
        var host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) host = host.substring(1, host.length() - 1);
        return new RoomAddress(host, Integer.parseInt(port));
    }

    /** @param text addresses of the room's servers, with commas between them */
    public static List<RoomAddress> parseAll(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(RoomAddress::parse)
                .distinct()
                .toList();
    }

    @Override
    public String toString() {
        return host.contains(":") ? "[%s]:%d".formatted(host, port) : host + ":" + port;
    }
}
