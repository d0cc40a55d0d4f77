package regie.agent.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.util.Optional;
import java.util.UUID;

/** The host's end of a console's call. */
final class HostConsole implements ClientResponseObserver<byte[], byte[]> {
    private Optional<CallChannel> channel = Optional.empty();

    private HostConsole() {}

    static ByteChannel open(ManagedChannel link, UUID session) {
        var console = new HostConsole();
        var call = ClientCalls.asyncBidiStreamingCall(link.newCall(Methods.CONSOLE, CallOptions.DEFAULT), console);
        call.onNext(session.toString().getBytes(US_ASCII));
        return console.channel();
    }

    private CallChannel channel() {
        return channel.orElseThrow(() -> new IllegalStateException("the call has not begun"));
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<byte[]> call) {
        channel = Optional.of(new CallChannel(call));
    }

    @Override
    public void onNext(byte[] bytes) {
        channel().arrive(bytes);
    }

    @Override
    public void onError(Throwable failed) {
        channel().end(Optional.of(new IOException("the console's connection broke: " + Dial.why(failed), failed)));
    }

    @Override
    public void onCompleted() {
        channel().end(Optional.empty());
    }
}
