package regie.rest;

import io.javalin.config.JavalinConfig;
import io.javalin.websocket.WsBinaryMessageContext;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import io.javalin.websocket.WsHandlerType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import regie.compute.Compute;
import regie.compute.Consoles;
import regie.identity.Desk;
import regie.kernel.Fault;
import regie.kernel.Refused;

/** The serial console of an instance over a WebSocket: binary frames both ways, what is typed and what is shown. */
final class ConsoleSocket {
    private static final String CONSOLE = "console";
    private static final int PIECE = 8 << 10;
    private static final Duration IDLE = Duration.ofHours(1);
    private static final int REFUSED = 4400; // 4000 to 4999 are for applications: RFC 6455, 7.4.2
    private static final int ENDED = 1000;
    private static final int REASON_MAX = 120; // a close frame holds 125 bytes

    private final RestRooms rooms;
    private final Desk desk;
    private final Consoles consoles;

    ConsoleSocket(RestRooms rooms) {
        this.rooms = rooms;
        this.desk = rooms.desk();
        this.consoles = rooms.consoles();
    }

    void register(JavalinConfig config) {
        config.routes.addWsHandler(WsHandlerType.WEBSOCKET, ConsoleRoutes.PATH, this::handle);
    }

    private void handle(WsConfig socket) {
        socket.onConnect(this::connect);
        socket.onBinaryMessage(ConsoleSocket::type);
        socket.onClose(ConsoleSocket::close);
        socket.onError(ConsoleSocket::close);
    }

    private void connect(WsConnectContext context) {
        try {
            var caller = rooms.tokens()
                    .signIn(
                            Dispatcher.bearer(context.header("Authorization")),
                            rooms.chance().uuid().toString());
            var key = Compute.INSTANCE.key(context.pathParam("project"), context.pathParam("name"));
            var console = consoles.open(key, desk.use(caller, key, "console").uid());
            context.attribute(CONSOLE, console);
            context.session.setIdleTimeout(IDLE);
            context.enableAutomaticPings(20, TimeUnit.SECONDS);
            Thread.ofVirtual().name("console").start(() -> show(context, console));
        } catch (Refused e) {
            context.closeSession(
                    REFUSED, cut(e.refusal().code() + ": " + e.refusal().detail()));
        } catch (Fault e) {
            context.closeSession(REFUSED, cut(String.valueOf(e.getMessage())));
        }
    }

    private static void show(WsContext context, ByteChannel console) {
        try (console) {
            var piece = ByteBuffer.allocate(PIECE);
            while (console.read(piece) >= 0) {
                context.send(ByteBuffer.wrap(piece.array().clone(), 0, piece.position()));
                piece.clear();
            }
            context.closeSession(ENDED, "the console ended");
        } catch (IOException | RuntimeException e) {
            context.closeSession(ENDED, cut("the console broke: " + e.getMessage()));
        }
    }

    private static void type(WsBinaryMessageContext context) throws IOException {
        var console = context.<ByteChannel>attribute(CONSOLE);
        if (console == null) return;
        for (var keys = context.data(); keys.hasRemaining(); ) console.write(keys);
    }

    private static void close(WsContext context) throws IOException {
        var console = Optional.ofNullable(context.<ByteChannel>attribute(CONSOLE));
        if (console.isPresent()) console.get().close();
    }

    private static String cut(String reason) {
        return reason.length() <= REASON_MAX ? reason : reason.substring(0, REASON_MAX - 1) + "…";
    }
}
