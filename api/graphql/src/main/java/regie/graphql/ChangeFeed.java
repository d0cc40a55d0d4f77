package regie.graphql;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import regie.kernel.ChangeLog;
import regie.kernel.Check;
import regie.kernel.LogTail;

/**
 * The changes that one subscriber may see. Nothing runs by itself: whoever serves the subscriber calls {@link #turn} again and again,
 * in a thread of its own, so that a slow subscriber holds up only that thread.
 */
final class ChangeFeed implements Publisher<ChangeFeed.Event> {
    private static final int BATCH = 500;

    private final LogTail tail;
    private final Predicate<ChangeLog.Change> visible;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private ChangeLog.Position position;
    private @org.jspecify.annotations.Nullable Subscriber<? super Event> subscriber;

    ChangeFeed(LogTail tail, Predicate<ChangeLog.Change> visible, ChangeLog.Position from) {
        this.tail = tail;
        this.visible = visible;
        this.position = from;
    }

    record Event(ChangeLog.Change change) {
        Object text(String field) {
            return switch (field) {
                case "position" -> change.position().toString();
                case "what" -> change.what();
                case "actor" -> change.actor();
                default -> change.at().toString();
            };
        }
    }

    /** Demand is not counted: the thread that delivers is the one that writes, and waits where the subscriber is slow. */
    @Override
    public void subscribe(Subscriber<? super Event> whoever) {
        subscriber = whoever;
        whoever.onSubscribe(new Subscription() {
            @Override
            public void request(long count) {}

            @Override
            public void cancel() {
                cancelled.set(true);
            }
        });
    }

    /** Waits up to {@code wait} for changes and delivers them. */
    void turn(Duration wait) throws InterruptedException {
        var news = tail.after(position, BATCH, wait);
        for (var change : news) {
            if (cancelled.get()) return;
            if (visible.test(change)) Check.present(subscriber).onNext(new Event(change));
            position = change.position();
        }
    }

    ChangeLog.Position position() {
        return position;
    }
}
