package regie.agent.channel;

import io.grpc.stub.CallStreamObserver;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * What waits to be sent on one call. The network may be slower than the talk: of a wish or a report only the newest is
 * kept, and other words are dropped once {@link #WORDS_MAX} of them wait, as a broken connection would drop them.
 */
final class Outbox<M> {
    private static final int WORDS_MAX = 64;

    private final CallStreamObserver<M> call;
    private final ArrayDeque<M> words = new ArrayDeque<>(2);
    private Optional<M> newest = Optional.empty();
    private boolean over;

    Outbox(CallStreamObserver<M> call) {
        this.call = call;
    }

    /** Takes the place of the newest one that still waits. */
    synchronized void newest(M message) {
        newest = Optional.of(message);
        drain();
    }

    synchronized void say(M message) {
        if (words.size() < WORDS_MAX) words.add(message);
        drain();
    }

    /** Said now or not at all. */
    synchronized void whisper(M message) {
        if (!over && words.isEmpty() && call.isReady()) call.onNext(message);
    }

    /** To be called whenever the call becomes ready for more. */
    synchronized void drain() {
        while (!over && call.isReady() && !words.isEmpty()) call.onNext(words.remove());
        if (!over && call.isReady() && newest.isPresent()) {
            call.onNext(newest.get());
            newest = Optional.empty();
        }
    }

    /** Runs {@code ending} unless the call is over already, and says nothing more. */
    synchronized void end(Runnable ending) {
        if (over) return;
        over = true;
        words.clear();
        newest = Optional.empty();
        ending.run();
    }
}
