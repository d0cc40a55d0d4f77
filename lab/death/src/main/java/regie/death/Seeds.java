package regie.death;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/** Many plays, side by side. */
public final class Seeds {
    private Seeds() {}

    /** @param broken what was broken, seed by seed, in their order */
    public record Sum(long seeds, long events, long condemned, long dead, long restarts, List<String> broken) {}

    public static Sum run(long first, long count) {
        var events = new AtomicLong();
        var condemned = new AtomicLong();
        var dead = new AtomicLong();
        var restarts = new AtomicLong();
        var broken = LongStream.range(first, first + count)
                .parallel()
                .mapToObj(seed -> {
                    try {
                        var outcome = Play.run(seed, false);
                        events.addAndGet(outcome.events());
                        condemned.addAndGet(outcome.condemned());
                        dead.addAndGet(outcome.dead());
                        restarts.addAndGet(outcome.restarts());
                        return List.<String>of();
                    } catch (Play.Failure failure) {
                        return List.of(String.valueOf(failure.getMessage()));
                    }
                })
                .flatMap(List::stream)
                .toList();
        return new Sum(count, events.get(), condemned.get(), dead.get(), restarts.get(), broken);
    }
}
