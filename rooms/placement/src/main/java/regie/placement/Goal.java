package regie.placement;

import java.util.Set;
import java.util.UUID;

/** What moving guests is to bring about. Each has a measure of which {@link Moves} says what it was and what it becomes. */
public sealed interface Goal {
    /**
     * That more guests of one shape fit (defragmentation). Measured: how many would fit, on hosts that are open.
     *
     * @param more so many more are enough
     */
    record MakeRoom(Shape shape, int more) implements Goal {
        public MakeRoom {
            Wrong.unless(more >= 1, "more", more, "at least 1");
        }

        /** As many as can be. */
        public MakeRoom(Shape shape) {
            this(shape, Integer.MAX_VALUE);
        }
    }

    /** That hosts stand empty and can be switched off. Measured: how many hosts have no guest. */
    record EmptyHosts() implements Goal {}

    /** That no host is much fuller than another. Measured: the sum of the squares of the hosts' shares of threads in use. */
    record EvenLoad() implements Goal {}

    /**
     * That these hosts have no guests. Measured: how many guests are on them.
     *
     * @param hosts should be closed to new guests, or others may come meanwhile
     */
    record Evacuate(Set<UUID> hosts) implements Goal {
        public Evacuate {
            hosts = Set.copyOf(hosts);
        }
    }

    /** Whether {@code measure} is nearer to the goal than {@code other}. */
    default boolean nearer(double measure, double other) {
        return switch (this) {
            case MakeRoom _, EmptyHosts _ -> measure > other;
            case EvenLoad _, Evacuate _ -> measure < other;
        };
    }
}
