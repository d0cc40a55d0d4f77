package regie.graphql;

import graphql.ExecutionResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import regie.kernel.ChangeLog;
import regie.kernel.Json;

/** A subscription under way. Used by one thread. */
public final class Following {
    private final ChangeFeed feed;
    private final ArrayDeque<String> ready = new ArrayDeque<>();

    Following(ChangeFeed feed, Publisher<ExecutionResult> results) {
        this.feed = feed;
        results.subscribe(new Subscriber<>() {
            @Override
            public void onSubscribe(Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ExecutionResult result) {
                ready.add(Json.write(result.toSpecification()));
            }

            @Override
            public void onError(Throwable thrown) {
                throw new IllegalStateException(thrown);
            }

            @Override
            public void onComplete() {}
        });
    }

    /** Waits up to {@code wait}. @return results as JSON, oldest first */
    public List<String> next(Duration wait) throws InterruptedException {
        feed.turn(wait);
        var news = new ArrayList<>(ready);
        ready.clear();
        return news;
    }

    /** Behind all that {@link #next} gave. */
    public ChangeLog.Position position() {
        return feed.position();
    }
}
