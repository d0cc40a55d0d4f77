package regie.placement;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.UUID;

/** Moves from the fullest hosts to emptier ones, each time what evens the load most. */
final class EvenLoad implements Draft {
    private static final double LEAST_GAIN = 1e-9;
    /** Moves of one host that are tried where rules or promises to others forbid the better ones. */
    private static final int TRIED_MAX = 6;

    private final Trial trial;

    EvenLoad(Trial trial) {
        this.trial = trial;
    }

    @Override
    public void run() {
        while (trial.left() > 0 && once()) {}
    }

    @Override
    public double measure() {
        double sum = 0;
        for (var host : trial.inventory().states()) sum += square(host, 0);
        return sum;
    }

    private boolean once() {
        var fullest = trial.inventory().states().stream()
                .filter(host -> Fullness.total(host, Resource.THREADS) > 0)
                .sorted(Comparator.comparingDouble((HostState host) -> -Fullness.threads(host))
                        .thenComparing(HostState::name))
                .toList();
        for (var host : fullest) if (relieve(host)) return true;
        return false;
    }

    private boolean relieve(HostState host) {
        var refused = new HashSet<Refused>();
        for (int tried = 0; tried < TRIED_MAX; tried++) {
            var best = new Best(host);
            for (var seat : trial.movable(host)) {
                best.guest = seat.guest().id();
                best.threads = seat.guest().shape().vcpus();
                trial.destinations(
                        best.guest,
                        other -> Fullness.threads(other) < Fullness.threads(host)
                                && !refused.contains(
                                        new Refused(best.guest, other.host().id())),
                        best);
            }
            if (best.place.isEmpty()) return false;
            if (trial.move(best.mover, best.place.get())) return true;
            refused.add(new Refused(best.mover, best.place.get().host()));
        }
        return false;
    }

    /** A move that rules or promises to others forbid. */
    private record Refused(UUID guest, UUID host) {}

    /** The square of a host's load if it had so many more threads in use. */
    private static double square(HostState host, long more) {
        long total = Fullness.total(host, Resource.THREADS);
        if (total == 0) return 0;
        double load = Fullness.threads(host) + more / (double) total;
        return load * load;
    }

    private static final class Best implements Ways.Visitor {
        private final HostState from;
        private UUID guest = new UUID(0, 0);
        private long threads;
        private UUID mover = guest;
        private Optional<Place> place = Optional.empty();
        private double gain = LEAST_GAIN;

        Best(HostState from) {
            this.from = from;
        }

        /** The guest is off its host while this is asked. */
        @Override
        public void may(HostState host, Fit fit) {
            double now = square(from, 0) + square(host, threads);
            double was = square(from, threads) + square(host, 0);
            if (was - now <= gain) return;
            gain = was - now;
            mover = guest;
            place = Optional.of(new Place(host.host().id(), fit.takes(host.layout())));
        }
    }
}
