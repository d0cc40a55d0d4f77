package regie.agent.channel;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.UUID;
import regie.agent.channel.FromHost.ConsoleLog;
import regie.agent.channel.FromHost.ConsoleRefused;
import regie.agent.channel.FromHost.Hello;
import regie.agent.contract.Wish;

/** The room's end of one host's call. */
final class AttendedHost implements StreamObserver<FromHost>, HostLine {
    private final RoomSide room;
    private final Peer peer;
    private final ServerCallStreamObserver<FromRoom> call;
    private final Outbox<FromRoom> outbox;
    private Optional<Attendance> attendance = Optional.empty();

    AttendedHost(RoomSide room, Peer peer, ServerCallStreamObserver<FromRoom> call) {
        this.room = room;
        this.peer = peer;
        this.call = call;
        outbox = new Outbox<>(call);
        call.setOnReadyHandler(outbox::drain);
        call.setOnCancelHandler(() -> over("the connection ended"));
        call.setOnCloseHandler(() -> over("the room hung up"));
    }

    @Override
    public void onNext(FromHost message) {
        if (attendance.isPresent()) {
            hear(attendance.get(), message);
        } else if (message instanceof Hello hello) {
            welcome(hello);
        } else {
            fail(Status.INVALID_ARGUMENT.withDescription("Hello comes first").asRuntimeException());
        }
    }

    private void welcome(Hello hello) {
        try {
            attendance = Optional.of(room.attend(peer, hello, this));
        } catch (Denied | RuntimeException failed) {
            fail(DoorService.told("Attend", failed));
        }
    }

    /** What the room fails to take is logged and ends the call: the host comes again and tells everything anew. */
    private void hear(Attendance ear, FromHost message) {
        try {
            switch (message) {
                case FromHost.Seen seen -> ear.report(seen.report());
                case FromHost.Beat _ -> ear.beat();
                case FromHost.Examined examined -> ear.examined(examined.vitals());
                case FromHost.Refused refused -> ear.refused(refused.generation(), refused.reason(), refused.detail());
                case ConsoleLog log -> ear.consoleLog(log.request(), log.bytes().array(), log.failure());
                case ConsoleRefused refused -> ear.consoleRefused(refused.session(), refused.reason());
                case FromHost.OfLease word -> ear.lease(word);
                case Hello _, FromHost.Unknown _ -> {}
            }
        } catch (RuntimeException failed) {
            fail(DoorService.told("Attend", failed));
            over("the room failed to take what was said");
        }
    }

    @Override
    public void onError(Throwable broken) {
        over("the connection broke");
    }

    @Override
    public void onCompleted() {
        outbox.end(call::onCompleted);
        over("the host hung up");
    }

    private void fail(RuntimeException status) {
        outbox.end(() -> call.onError(status));
    }

    private void over(String why) {
        outbox.end(() -> {});
        attendance.ifPresent(ear -> ear.left(why));
        attendance = Optional.empty();
    }

    @Override
    public void wish(Wish wish) {
        outbox.newest(new FromRoom.Wished(wish));
    }

    @Override
    public void openConsole(UUID session, UUID guest) {
        outbox.say(new FromRoom.OpenConsole(session, guest));
    }

    @Override
    public void readConsoleLog(long request, UUID guest, int bytesMax) {
        outbox.say(new FromRoom.ReadConsoleLog(request, guest, bytesMax));
    }

    @Override
    public void reboot(String boot) {
        outbox.say(new FromRoom.Reboot(boot));
    }

    @Override
    public void lease(FromRoom.OfLease word) {
        if (word instanceof FromRoom.Answered) outbox.whisper(word);
        else outbox.say(word);
    }

    @Override
    public void bye(String reason) {
        outbox.end(() -> {
            call.onNext(new FromRoom.Bye(reason));
            call.onCompleted();
        });
    }
}
