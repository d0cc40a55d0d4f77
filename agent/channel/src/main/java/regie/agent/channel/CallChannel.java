package regie.agent.channel;

import io.grpc.stub.CallStreamObserver;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A call in both directions, read and written like a file: reading waits for bytes, writing for the network. What is
 * under way in one direction is bounded by gRPC's own flow control, since the next message is asked for only after the
 * last one was read.
 */
final class CallChannel implements ByteChannel {
    private static final int MESSAGE_BYTES = 16 * 1024;

    private final CallStreamObserver<byte[]> call;
    private final ArrayDeque<ByteBuffer> arrived = new ArrayDeque<>();
    private Optional<IOException> broken = Optional.empty();
    private boolean ended;
    private boolean closed;

    CallChannel(CallStreamObserver<byte[]> call) {
        this.call = call;
        call.disableAutoInboundFlowControl();
        call.setOnReadyHandler(this::wake);
        if (call instanceof ServerCallStreamObserver<?> server) {
            server.setOnCancelHandler(() -> end(Optional.of(new IOException("the other end is gone"))));
            server.request(1);
        }
    }

    /** What feeds this channel; {@code opening} takes the first message, which is none of the console's bytes. */
    StreamObserver<byte[]> receiver(Consumer<byte[]> opening) {
        return new StreamObserver<>() {
            private boolean opened;

            @Override
            public void onNext(byte[] bytes) {
                if (opened) {
                    arrive(bytes);
                } else {
                    opened = true;
                    opening.accept(bytes);
                    call.request(1);
                }
            }

            @Override
            public void onError(Throwable failed) {
                end(Optional.of(new IOException("the console's connection broke: " + failed.getMessage(), failed)));
            }

            @Override
            public void onCompleted() {
                end(Optional.empty());
            }
        };
    }

    synchronized void arrive(byte[] bytes) {
        arrived.add(ByteBuffer.wrap(bytes));
        notifyAll();
    }

    synchronized void end(Optional<IOException> why) {
        ended = true;
        broken = why;
        notifyAll();
    }

    private synchronized void wake() {
        notifyAll();
    }

    @Override
    public synchronized int read(ByteBuffer into) throws IOException {
        awaitWhile(() -> arrived.isEmpty() && !ended && !closed);
        if (closed) throw new ClosedChannelException();
        var next = arrived.peek();
        if (next == null) {
            if (broken.isPresent()) throw broken.get();
            return -1;
        }
        int count = Math.min(next.remaining(), into.remaining());
        into.put(next.slice().limit(count));
        next.position(next.position() + count);
        if (!next.hasRemaining()) {
            arrived.remove();
            if (!ended) call.request(1);
        }
        return count;
    }

    @Override
    public synchronized int write(ByteBuffer from) throws IOException {
        int count = from.remaining();
        while (from.hasRemaining()) {
            awaitWhile(() -> !call.isReady() && !ended && !closed);
            if (closed || ended) throw new ClosedChannelException();
            var message = new byte[Math.min(from.remaining(), MESSAGE_BYTES)];
            from.get(message);
            call.onNext(message);
        }
        return count;
    }

    private synchronized void awaitWhile(BooleanSupplier blocked) throws IOException {
        try {
            while (blocked.getAsBoolean()) wait();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted at the console", interrupted);
        }
    }

    @Override
    public synchronized boolean isOpen() {
        return !closed;
    }

    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        notifyAll();
        if (broken.isEmpty()) call.onCompleted();
    }

    synchronized void fail(RuntimeException why) {
        if (closed) return;
        closed = true;
        notifyAll();
        call.onError(why);
    }
}
