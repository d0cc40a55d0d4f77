package regie.placement;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Clears hosts: those with the fewest guests first, into the fullest hosts that stay. Of each host all guests go, or none. */
final class EmptyHosts {
    private final Trial trial;
    private final Set<UUID> cleared = new HashSet<>();

    EmptyHosts(Trial trial) {
        this.trial = trial;
    }

    void run() {
        var hosts = trial.inventory().states().stream()
                .filter(host -> !host.seats().isEmpty())
                .sorted(Comparator.comparingInt((HostState host) -> host.seats().size())
                        .thenComparing(HostState::name))
                .toList();
        for (var host : hosts) {
            if (host.seats().size() > trial.left()) return;
            cleared.add(host.host().id());
            if (!clear(host, true)) cleared.remove(host.host().id());
        }
    }

    /** Of these hosts; as many of each one's guests as can go. */
    void run(Collection<UUID> hosts) {
        cleared.addAll(hosts);
        for (var host : trial.inventory().states())
            if (cleared.contains(host.host().id())) clear(host, false);
    }

    long measure() {
        return trial.inventory().states().stream()
                .filter(host -> host.seats().isEmpty())
                .count();
    }

    long guestsOn(Collection<UUID> hosts) {
        return hosts.stream()
                .mapToLong(host -> trial.inventory().guests(host).size())
                .sum();
    }

    /** The largest first, while there is most room for them. */
    private boolean clear(HostState host, boolean whole) {
        int start = trial.moves().size();
        List<Seat> seats = trial.movable(host);
        if (whole && seats.size() < host.seats().size()) return false;
        var guests = seats.stream()
                .sorted(Comparator.comparingLong(
                        (Seat seat) -> -seat.guest().shape().vcpus()))
                .map(seat -> seat.guest().id())
                .toList();
        for (var guest : guests) {
            boolean gone = trial.left() > 0 && seatElsewhere(guest, whole);
            if (!gone && whole) {
                trial.back(start);
                return false;
            }
        }
        return true;
    }

    private boolean seatElsewhere(UUID guest, boolean onlyUsed) {
        var target = new Fullest();
        trial.destinations(
                guest,
                host -> !cleared.contains(host.host().id())
                        && (!onlyUsed || !host.seats().isEmpty()),
                target);
        return target.place.isPresent() && trial.move(guest, target.place.get());
    }

    /** What is left with least, counted over the scarcer of threads and memory. */
    private static final class Fullest implements Trial.Visitor {
        private Optional<Place> place = Optional.empty();
        private double least = Double.MAX_VALUE;

        @Override
        public void may(HostState host, Fit fit) {
            double left = Fullness.free(host);
            if (left >= least) return;
            least = left;
            place = Optional.of(new Place(host.host().id(), fit.takes(host.layout())));
        }
    }
}
