package regie.agent.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;
import regie.agent.channel.Methods.FetchRequest;
import regie.agent.channel.Methods.RenewRequest;

/** Which method of the channel leads to which method of the room. */
final class DoorService {
    static final Logger LOG = System.getLogger("regie.agent.door");

    private final RoomSide room;

    DoorService(RoomSide room) {
        this.room = room;
    }

    ServerServiceDefinition definition() {
        return ServerServiceDefinition.builder(Methods.SERVICE)
                .addMethod(Methods.JOIN, ServerCalls.asyncUnaryCall(this::join))
                .addMethod(Methods.RENEW, ServerCalls.asyncUnaryCall(this::renew))
                .addMethod(Methods.ATTEND, ServerCalls.asyncBidiStreamingCall(this::attend))
                .addMethod(Methods.FETCH, ServerCalls.asyncServerStreamingCall(this::fetch))
                .addMethod(Methods.CONSOLE, ServerCalls.asyncBidiStreamingCall(this::console))
                .build();
    }

    private void join(JoinRequest request, StreamObserver<Issued> answer) {
        answer(answer, () -> room.join(request));
    }

    private void renew(RenewRequest request, StreamObserver<Issued> answer) {
        var peer = PeerGate.peer();
        answer(answer, () -> room.renew(peer, request.requestPem()));
    }

    private StreamObserver<FromHost> attend(StreamObserver<FromRoom> answer) {
        return new AttendedHost(room, PeerGate.peer(), (ServerCallStreamObserver<FromRoom>) answer);
    }

    private void fetch(FetchRequest request, StreamObserver<byte[]> answer) {
        var call = (ServerCallStreamObserver<byte[]>) answer;
        var peer = PeerGate.peer();
        try {
            var bytes = room.artifact(peer, request.sha256());
            bytes.position(request.offset());
            FetchedArtifact.serve(bytes, call);
        } catch (Denied | IOException | RuntimeException failed) {
            call.onError(told("Fetch", failed));
        }
    }

    private StreamObserver<byte[]> console(StreamObserver<byte[]> answer) {
        var peer = PeerGate.peer();
        var channel = new CallChannel((ServerCallStreamObserver<byte[]>) answer);
        return channel.receiver(first -> {
            try {
                room.console(peer, UUID.fromString(new String(first, US_ASCII)), channel);
            } catch (Denied | RuntimeException failed) {
                channel.fail(told("Console", failed));
            }
        });
    }

    private interface Answer<A> {
        A get() throws Denied;
    }

    private static <A> void answer(StreamObserver<A> call, Answer<A> answer) {
        try {
            call.onNext(answer.get());
            call.onCompleted();
        } catch (Denied | RuntimeException failed) {
            call.onError(told("call", failed));
        }
    }

    /** What the agent is told: a refusal in its own words, and of anything else only that it happened. */
    static RuntimeException told(String what, Exception failed) {
        if (failed instanceof Denied) {
            return Status.PERMISSION_DENIED.withDescription(failed.getMessage()).asRuntimeException();
        }
        LOG.log(Level.WARNING, what + " of an agent failed", failed);
        return Status.INTERNAL
                .withDescription("the control room could not do this; its log says why")
                .asRuntimeException();
    }
}
