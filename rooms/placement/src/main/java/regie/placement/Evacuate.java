package regie.placement;

import java.util.Set;
import java.util.UUID;

/** Clears certain hosts of as many guests as can go, into the fullest of the others. */
final class Evacuate implements Draft {
    private final Trial trial;
    private final Set<UUID> hosts;

    Evacuate(Trial trial, Set<UUID> hosts) {
        this.trial = trial;
        this.hosts = hosts;
    }

    /** Again as long as anybody went: with whom others must stand together can follow them. */
    @Override
    public void run() {
        int before;
        do {
            before = trial.left();
            for (var host : trial.inventory().states())
                if (hosts.contains(host.host().id())) clear(host);
        } while (trial.left() < before);
    }

    private void clear(HostState host) {
        for (var guest : EmptyHosts.largestFirst(trial.movable(host))) {
            if (trial.left() == 0) return;
            trial.moveToBest(guest, other -> !hosts.contains(other.host().id()), Fullest::new);
        }
    }

    @Override
    public double measure() {
        return trial.inventory().states().stream()
                .filter(host -> hosts.contains(host.host().id()))
                .mapToLong(host -> host.seats().size())
                .sum();
    }
}
