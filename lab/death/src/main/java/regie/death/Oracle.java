package regie.death;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sees the simulated processes, and what the room writes down as proven; knows nothing of leases, promises or epochs. A process counts
 * as alive from its start to its end, on a host that is frozen too.
 */
final class Oracle {
    /** A promise was broken; the message says which, and the seed brings it back. */
    static final class Broken extends RuntimeException {
        Broken(String message) {
            super(message);
        }
    }

    private final VirtualTime time;
    private final Map<String, Set<String>> aliveOn = new HashMap<>();
    private final Map<String, Integer> membersAlive = new HashMap<>();
    private final Map<String, Integer> membersMax = new HashMap<>();
    private final Map<String, String> lastOn = new HashMap<>();
    private final Set<String> provenGone = new HashSet<>();
    private boolean untouchable;
    private final Set<String> untouched = new HashSet<>();
    private int doubleRuns;
    private int ends;

    Oracle(VirtualTime time) {
        this.time = time;
    }

    void cap(String fleet, int most) {
        membersMax.put(fleet, most);
    }

    /** From now on until told otherwise, no guest that runs now may end and nobody may be condemned. */
    void untouchable(boolean so) {
        untouchable = so;
        untouched.clear();
        aliveOn.forEach((machine, hosts) -> {
            if (so && !hosts.isEmpty()) untouched.add(machine);
        });
    }

    void started(String machine, String host) {
        var hosts = aliveOn.computeIfAbsent(machine, _ -> new TreeSet<>());
        hosts.add(host);
        if (hosts.size() > 1) {
            doubleRuns++;
            throw broken("%s runs on %s".formatted(machine, hosts));
        }
        var last = lastOn.put(machine, host);
        if (last != null && !last.equals(host) && !provenGone.contains(last + "/" + machine))
            throw broken("%s starts on %s without proof that %s has ended it".formatted(machine, host, last));
        provenGone.remove(host + "/" + machine);
        var fleet = Machine.fleetOf(machine);
        if (fleet.isEmpty()) return;
        int alive = membersAlive.merge(fleet, 1, Integer::sum);
        int most = membersMax.getOrDefault(fleet, 0);
        if (alive > most) throw broken("%d members of %s live, and %d is the most".formatted(alive, fleet, most));
    }

    void ended(String machine, String host) {
        var hosts = aliveOn.get(machine);
        if (hosts == null || !hosts.remove(host)) return;
        ends++;
        var fleet = Machine.fleetOf(machine);
        if (!fleet.isEmpty()) membersAlive.merge(fleet, -1, Integer::sum);
        if (untouched.contains(machine))
            throw broken("%s on %s was ended, and nothing was wrong with it".formatted(machine, host));
    }

    void condemned(String host) {
        if (untouchable) throw broken("%s was condemned, and nothing was wrong with it".formatted(host));
    }

    /** The room has written down that nothing of {@code machines} runs on the host any more. */
    void proven(String host, Iterable<String> machines) {
        for (var machine : machines) {
            if (aliveOn.getOrDefault(machine, Set.of()).contains(host))
                throw broken("%s was proven to be gone from %s, and runs there".formatted(machine, host));
            provenGone.add(host + "/" + machine);
        }
    }

    boolean runsOnlyOn(String machine, String host) {
        return aliveOn.getOrDefault(machine, Set.of()).equals(Set.of(host));
    }

    int aliveOf(String fleet) {
        return membersAlive.getOrDefault(fleet, 0);
    }

    int doubleRuns() {
        return doubleRuns;
    }

    int ends() {
        return ends;
    }

    Broken broken(String what) {
        return new Broken("at %.3f s: %s".formatted(time.now() / 1e9, what));
    }
}
