package regie.placement;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Clears hosts: those with the fewest guests first, into the fullest hosts that stay. Of each host all guests go, or none. */
final class EmptyHosts implements Draft {
    private final Trial trial;
    private final Set<UUID> cleared = new HashSet<>();

    EmptyHosts(Trial trial) {
        this.trial = trial;
    }

    @Override
    public void run() {
        var hosts = trial.inventory().states().stream()
                .filter(host -> !host.seats().isEmpty())
                .sorted(Comparator.comparingInt((HostState host) -> host.seats().size())
                        .thenComparing(HostState::name))
                .toList();
        for (var host : hosts) {
            if (host.seats().size() > trial.left()) return;
            cleared.add(host.host().id());
            if (!clear(host)) cleared.remove(host.host().id());
        }
    }

    @Override
    public double measure() {
        return trial.inventory().states().stream()
                .filter(host -> host.seats().isEmpty())
                .count();
    }

    private boolean clear(HostState host) {
        int start = trial.moves().size();
        List<Seat> seats = trial.movable(host);
        if (seats.size() < host.seats().size()) return false;
        for (var guest : largestFirst(seats)) {
            var gone = trial.moveToBest(
                    guest,
                    other -> !cleared.contains(other.host().id())
                            && !other.seats().isEmpty(),
                    Fullest::new);
            if (gone.isEmpty()) {
                trial.back(start);
                return false;
            }
        }
        return true;
    }

    /** While there is most room for them. */
    static List<UUID> largestFirst(List<Seat> seats) {
        return seats.stream()
                .sorted(Comparator.comparingLong(
                        (Seat seat) -> -seat.guest().shape().vcpus()))
                .map(seat -> seat.guest().id())
                .toList();
    }
}
