package regie.delivery;

import java.time.Duration;

/** What follows from an outcome. Pure. */
sealed interface Verdict {
    Duration FIRST_PAUSE = Duration.ofSeconds(1);
    Duration PAUSE_MAX = Duration.ofHours(1);
    /** No receiver can ask for more patience than this. */
    Duration PATIENCE_MAX = Duration.ofHours(24);

    record Done() implements Verdict {}

    /** @param rest the whole webhook is left alone for so long; zero where only this delivery waits */
    record Again(Duration pause, Duration rest) implements Verdict {}

    record GiveUp() implements Verdict {}

    /** The delivery waits until somebody looks at the webhook. */
    record Stop() implements Verdict {}

    /**
     * @param attempts this one included
     * @param tried since the first attempt
     * @param limit after which it is given up
     * @param chance from 0 to 1: those that failed together do not all come back together
     */
    static Verdict of(Outcome outcome, int attempts, Duration tried, Duration limit, double chance) {
        return switch (outcome) {
            case Outcome.Taken _ -> new Done();
            case Outcome.Gone _ -> new Stop();
            case Outcome.Declined declined
            when declined.after().isPresent() && tried.compareTo(limit) < 0 -> {
                var patience = min(declined.after().get(), PATIENCE_MAX);
                yield new Again(max(patience, pause(attempts, chance)), patience);
            }
            case Outcome.Declined _, Outcome.Failed _ ->
                tried.compareTo(limit) < 0 ? new Again(pause(attempts, chance), Duration.ZERO) : new GiveUp();
        };
    }

    /** Doubles with each attempt, up to an hour; of that, half to all. */
    static Duration pause(int attempts, double chance) {
        long doubled = FIRST_PAUSE.toMillis() << Math.min(attempts - 1, 20);
        long most = Math.min(doubled, PAUSE_MAX.toMillis());
        return Duration.ofMillis(Math.round(most * (0.5 + chance / 2)));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
