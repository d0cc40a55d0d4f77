package regie.agent.channel;

import io.grpc.CallOptions;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import regie.agent.contract.Report;
import regie.agent.contract.Vitals;
import regie.agent.contract.WishRefused;

/** One host's call to the room, begun again whenever it ends. */
final class HostCall implements RoomLine {
    private static final Logger LOG = System.getLogger("regie.agent.link");
    private static final long AGAIN_MILLIS = 500;
    private static final long AGAIN_MILLIS_MAX = 8_000;

    private final RoomLink link;
    private final HostSide host;
    private Optional<Try> current = Optional.empty();
    private long againMillis = AGAIN_MILLIS;
    private boolean closed;

    HostCall(RoomLink link, HostSide host) {
        this.link = link;
        this.host = host;
    }

    synchronized void begin() {
        if (closed || current.isPresent()) return;
        var attempt = new Try();
        current = Optional.of(attempt);
        // A room that can't be reached keeps the call waiting: there is no point in failing fast.
        var options = CallOptions.DEFAULT.withWaitForReady();
        ClientCalls.asyncBidiStreamingCall(link.channel().newCall(Methods.ATTEND, options), attempt);
        attempt.outbox().say(new FromHost.Hello(host.host(), Methods.PROTOCOL, host.newestGeneration()));
    }

    private synchronized void ended(Try attempt, String why) {
        if (!current.equals(Optional.of(attempt))) return;
        current = Optional.empty();
        if (closed) return;
        LOG.log(Level.DEBUG, "{0} is no longer heard by the room: {1}", host.host(), why);
        link.later(againMillis, this::begin);
        againMillis = Math.min(2 * againMillis, AGAIN_MILLIS_MAX);
    }

    private synchronized void heard() {
        againMillis = AGAIN_MILLIS;
    }

    private synchronized Optional<Outbox<FromHost>> outbox() {
        return current.map(Try::outbox);
    }

    @Override
    public void report(Report report) {
        outbox().ifPresent(box -> box.newest(new FromHost.Seen(report)));
    }

    @Override
    public void beat() {
        outbox().ifPresent(box -> box.whisper(new FromHost.Beat()));
    }

    @Override
    public void examined(Vitals vitals) {
        outbox().ifPresent(box -> box.whisper(new FromHost.Examined(vitals)));
    }

    @Override
    public void refused(long generation, WishRefused.Reason reason, String detail) {
        outbox().ifPresent(box -> box.say(new FromHost.Refused(generation, reason, detail)));
    }

    @Override
    public void consoleLog(long request, byte[] bytes, String failure) {
        outbox().ifPresent(box -> box.say(new FromHost.ConsoleLog(request, ByteBuffer.wrap(bytes), failure)));
    }

    @Override
    public void consoleRefused(UUID session, String reason) {
        outbox().ifPresent(box -> box.say(new FromHost.ConsoleRefused(session, reason)));
    }

    @Override
    public void lease(FromHost.OfLease word) {
        outbox().ifPresent(box -> {
            if (word instanceof FromHost.Beating) box.whisper(word);
            else box.say(word);
        });
    }

    @Override
    public synchronized void again() {
        hangUp();
        begin();
    }

    @Override
    public synchronized void close() {
        closed = true;
        hangUp();
        link.forget(this);
    }

    private synchronized void hangUp() {
        var attempt = current;
        current = Optional.empty();
        attempt.ifPresent(Try::hangUp);
    }

    /** One call from its beginning to its end. */
    private final class Try implements ClientResponseObserver<FromHost, FromRoom> {
        private Optional<Outbox<FromHost>> outbox = Optional.empty();
        private Optional<ClientCallStreamObserver<FromHost>> call = Optional.empty();
        private boolean ready;

        Outbox<FromHost> outbox() {
            return outbox.orElseThrow(() -> new IllegalStateException("the call has not begun"));
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<FromHost> started) {
            call = Optional.of(started);
            outbox = Optional.of(new Outbox<>(started));
            started.setOnReadyHandler(this::ready);
        }

        private void ready() {
            outbox().drain();
            if (ready) return;
            ready = true;
            heard();
            host.heard();
        }

        @Override
        public void onNext(FromRoom message) {
            switch (message) {
                case FromRoom.Wished wished -> host.wish(wished.wish());
                case FromRoom.OpenConsole open -> host.openConsole(open.session(), open.guest());
                case FromRoom.ReadConsoleLog read -> host.readConsoleLog(read.request(), read.guest(), read.bytesMax());
                case FromRoom.Reboot reboot -> host.reboot(reboot.boot());
                case FromRoom.OfLease word -> host.lease(word);
                case FromRoom.Bye _, FromRoom.Unknown _ -> {}
            }
        }

        @Override
        public void onError(Throwable failed) {
            outbox().end(() -> {});
            var code = Status.fromThrowable(failed).getCode();
            if (code == Status.Code.PERMISSION_DENIED || code == Status.Code.UNAUTHENTICATED) {
                LOG.log(Level.WARNING, "the room refuses {0}: {1}", host.host(), failed.getMessage());
            }
            ended(this, String.valueOf(failed.getMessage()));
        }

        @Override
        public void onCompleted() {
            outbox().end(() -> call.ifPresent(ClientCallStreamObserver::onCompleted));
            ended(this, "the room hung up");
        }

        void hangUp() {
            outbox().end(() -> call.ifPresent(ClientCallStreamObserver::onCompleted));
        }
    }
}
