package regie.agent.channel;

import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/** Sends the bytes of one artifact as fast as they are taken, and holds no more than one chunk of them. */
final class FetchedArtifact {
    static final int CHUNK_BYTES = 256 * 1024;

    private final SeekableByteChannel bytes;
    private final ServerCallStreamObserver<byte[]> call;
    private boolean over;

    private FetchedArtifact(SeekableByteChannel bytes, ServerCallStreamObserver<byte[]> call) {
        this.bytes = bytes;
        this.call = call;
    }

    static void serve(SeekableByteChannel bytes, ServerCallStreamObserver<byte[]> call) {
        var artifact = new FetchedArtifact(bytes, call);
        call.setOnReadyHandler(artifact::pump);
        call.setOnCancelHandler(artifact::end);
    }

    private synchronized void pump() {
        try {
            while (!over && call.isReady()) {
                var chunk = ByteBuffer.allocate(CHUNK_BYTES);
                int count = bytes.read(chunk);
                if (count < 0) {
                    end();
                    call.onCompleted();
                } else {
                    call.onNext(Arrays.copyOf(chunk.array(), count));
                }
            }
        } catch (IOException failed) {
            end();
            call.onError(DoorService.told("Fetch", failed));
        }
    }

    private synchronized void end() {
        if (over) return;
        over = true;
        try {
            bytes.close();
        } catch (IOException failed) {
            DoorService.LOG.log(Level.WARNING, "an artifact did not close", failed);
        }
    }
}
