package regie.placement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Turns who leaves and who comes into moves, one after the other, each legal at its turn. Guests of one kind stand for each other, so
 * whoever can go where room is already, goes. What waits for itself in a ring, or is illegal by a rule that the program knew
 * nothing of, is left out.
 */
final class Stepwise {
    private final Trial trial;
    private final Map<Exchange.Kind, List<Source>> sources = new HashMap<>();
    private final List<Exchange.Coming> comings = new ArrayList<>();

    private record Source(Exchange.Leaving leaving, Deque<UUID> guests) {}

    private Stepwise(Trial trial, Exchange exchange, List<Long> values) {
        this.trial = trial;
        for (var each : exchange.leavings()) {
            long count = values.get(each.variable());
            if (count > 0)
                sources.computeIfAbsent(each.kind(), _ -> new ArrayList<>())
                        .add(new Source(each, new ArrayDeque<>(each.guests().subList(0, Math.toIntExact(count)))));
        }
        for (var each : exchange.comings()) {
            for (long count = values.get(each.variable()); count > 0; count--) comings.add(each);
        }
    }

    /** Makes the moves in {@code trial}, in which nothing has moved yet. */
    static void run(Trial trial, Exchange exchange, List<Long> values) {
        var stepwise = new Stepwise(trial, exchange, values);
        while (stepwise.pass()) {}
    }

    /** Whether anybody went. */
    private boolean pass() {
        return comings.removeIf(this::fill);
    }

    private boolean fill(Exchange.Coming coming) {
        if (trial.left() == 0 || !room(coming.place())) return false;
        for (var source : sources.getOrDefault(coming.kind(), List.of())) {
            if (source.guests().isEmpty()) continue;
            if (!trial.moveIfLegal(source.guests().element(), coming.place())) continue;
            source.guests().remove();
            return true;
        }
        return false;
    }

    /** Cheaper than to try it. */
    private boolean room(Place place) {
        return place.takes().stream()
                .allMatch(take -> trial.inventory().free(place.host(), take.slot()) >= take.amount());
    }
}
