package regie.rest;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import regie.kernel.Clock;

/**
 * How much each token may ask of this server: a bucket that holds {@code burst} requests and is filled again at
 * {@code perSecond}. Kept in memory, by each server for itself.
 */
final class RateLimits {
    /** Past so many, buckets that are full again are dropped: they say nothing. */
    private static final int BUCKETS_MAX = 10_000;

    private final int perSecond;
    private final int burst;
    private final Clock clock;
    private final Map<UUID, Bucket> buckets = new ConcurrentHashMap<>();

    RateLimits(int perSecond, int burst, Clock clock) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.clock = clock;
    }

    /**
     * What one more request comes to.
     *
     * @param remaining how many more there may be at once
     * @param fullInSeconds when the bucket would be full again, rounded up
     * @param waitSeconds 0 where the request may be done, else when to ask again, rounded up
     */
    record Verdict(boolean allowed, int remaining, long fullInSeconds, long waitSeconds) {}

    Verdict ask(UUID token) {
        if (buckets.size() >= BUCKETS_MAX) buckets.values().removeIf(Bucket::isFull);
        return buckets.computeIfAbsent(token, _ -> new Bucket()).take();
    }

    /** As the header {@code RateLimit-Policy} says it: so many requests in so many seconds. */
    String policy() {
        return "\"default\";q=%d;w=%d".formatted(burst, seconds(burst));
    }

    private long seconds(double requests) {
        return (long) Math.ceil(requests / perSecond);
    }

    private final class Bucket {
        private double left = burst;
        private long filledNanos = clock.nanos();

        synchronized Verdict take() {
            fill();
            boolean allowed = left >= 1;
            if (allowed) left--;
            long wait = allowed ? 0 : Math.max(1, seconds(1 - left));
            return new Verdict(allowed, (int) left, seconds(burst - left), wait);
        }

        synchronized boolean isFull() {
            fill();
            return left >= burst;
        }

        private void fill() {
            long now = clock.nanos();
            left = Math.min(burst, left + (now - filledNanos) / 1e9 * perSecond);
            filledNanos = now;
        }
    }
}
