package regie.death;

import java.time.Instant;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import regie.agent.lease.Answer;
import regie.agent.lease.PossibleTerms;
import regie.agent.lease.Refusals;
import regie.agent.lease.Refused;
import regie.continuity.Ear;
import regie.continuity.Look;
import regie.continuity.StormSpec;

/** The room's database, and the servers around it. */
final class Room {
    final List<SimServer> servers = new ArrayList<>();
    final Map<String, HostRow> hosts = new LinkedHashMap<>();
    final TreeMap<String, Machine> machines = new TreeMap<>();
    final Map<String, FleetRow> fleets = new TreeMap<>();
    boolean down;

    /** The number of the newest verdict. */
    long verdicts;

    /** What each may be counting by, by name. */
    final Map<String, PossibleTerms> possible = new AbstractMap<>() {
        @Override
        public @Nullable PossibleTerms get(Object name) {
            var row = hosts.get(name);
            return row == null ? null : row.possible;
        }

        @Override
        public Set<Entry<String, PossibleTerms>> entrySet() {
            return hosts.values().stream()
                    .map(row -> Map.entry(row.name, row.possible))
                    .collect(Collectors.toSet());
        }
    };

    /** Changes with each condemnation and each lift. */
    long listNumber;

    /** By condemnation and by whom, the newest promise. */
    final Map<Long, Map<String, Refused>> promises = new HashMap<>();

    /** Those that are not over. */
    final List<Look.Storm> storms = new ArrayList<>();

    final List<Past> past = new ArrayList<>();

    /** A storm that is over, since then. */
    record Past(StormSpec spec, Instant over) {}

    /** Whom anybody ever listened to, and who misses whom since when. */
    final Set<Ear> ears = new HashSet<>();

    final Map<Ear, Instant> missed = new HashMap<>();

    /** Told of each machine that is given a place, and of its host. */
    BiConsumer<String, String> seated = (_, _) -> {};

    int stormEvents;
    int condemnedEver;
    int provenEver;
    int restarts;

    record FleetRow(String name, int size, int surge, int made) {
        FleetRow another() {
            return new FleetRow(name, size, surge, made + 1);
        }
    }

    /** Who hears whom: written down where it changes. */
    void hears(HostRow host, String listener, boolean misses, Instant since) {
        var ear = new Ear(host.name, listener);
        ears.add(ear);
        if (misses == missed.containsKey(ear)) return;
        if (misses) missed.put(ear, since);
        else missed.remove(ear);
        if (!listener.equals(Answer.ROOM)) host.missedByNeighbours += misses ? 1 : -1;
    }

    HostRow host(String name) {
        return Objects.requireNonNull(hosts.get(name), name);
    }

    Refusals list() {
        var condemned = new HashMap<String, Long>();
        for (var row : hosts.values()) row.condemnation.ifPresent(number -> condemned.put(row.name, number));
        return new Refusals(listNumber, condemned);
    }

    Wish wish(HostRow row) {
        return new Wish(row.generation, Map.copyOf(row.has));
    }

    /** By host, the machines that have their place there; and those that have none. */
    final Map<String, Set<String>> index = new HashMap<>();

    final Set<String> waiting = new TreeSet<>();

    List<Machine> on(HostRow row) {
        var there = new ArrayList<Machine>();
        for (var uid : index.getOrDefault(row.name, Set.of())) there.add(Objects.requireNonNull(machines.get(uid)));
        return there;
    }

    void seated(Machine machine) {
        machine.host()
                .ifPresent(host ->
                        index.computeIfAbsent(host, _ -> new TreeSet<>()).add(machine.uid()));
    }

    void unseat(Machine machine) {
        machine.host().ifPresent(host -> index.getOrDefault(host, Set.of()).remove(machine.uid()));
    }

    Collection<Machine> members(String fleet) {
        return machines.subMap(fleet + ".", fleet + "/").values();
    }

    /** Of the good hosts the one with the fewest machines. */
    Optional<HostRow> leastLoaded() {
        HostRow best = null;
        for (var row : hosts.values()) if (row.good() && (best == null || row.has.size() < best.has.size())) best = row;
        return Optional.ofNullable(best);
    }

    void put(Machine machine) {
        machines.put(machine.uid(), machine);
    }
}
