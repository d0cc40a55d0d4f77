package regie.agent.channel;

import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import regie.agent.channel.Methods.FetchRequest;

/** The chunks of an artifact as one stream; the next is asked for when the last was read. */
final class FetchStream extends InputStream {
    private final Context.CancellableContext context;
    private final Iterator<byte[]> chunks;
    private byte[] chunk = {};
    private int at;

    private FetchStream(Context.CancellableContext context, Iterator<byte[]> chunks) {
        this.context = context;
        this.chunks = chunks;
    }

    static FetchStream open(ManagedChannel channel, FetchRequest request) {
        var context = Context.current().withCancellation();
        var before = context.attach();
        try {
            return new FetchStream(
                    context,
                    ClientCalls.blockingServerStreamingCall(channel, Methods.FETCH, CallOptions.DEFAULT, request));
        } finally {
            context.detach(before);
        }
    }

    @Override
    public int read() throws IOException {
        return more() ? chunk[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (!more()) return -1;
        int count = Math.min(length, chunk.length - at);
        System.arraycopy(chunk, at, into, offset, count);
        at += count;
        return count;
    }

    private boolean more() throws IOException {
        try {
            while (at == chunk.length) {
                if (!chunks.hasNext()) return false;
                chunk = chunks.next();
                at = 0;
            }
            return true;
        } catch (StatusRuntimeException failed) {
            throw new IOException("the artifact did not come: " + Dial.why(failed), failed);
        }
    }

    @Override
    public void close() {
        context.cancel(null);
    }
}
