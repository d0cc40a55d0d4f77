package regie.death;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import regie.agent.lease.LeaseProfile;
import regie.agent.lease.PossibleTerms;
import regie.agent.lease.Suspicion;

/** A host as the room has it written down. Times are the database's. */
final class HostRow {
    final String name;
    final String site;
    final String rack;
    LeaseProfile profile;
    PossibleTerms possible;

    /** Its number, while the host is refused everything. */
    Optional<Long> condemnation = Optional.empty();

    /** How it is known that nothing runs there; while it is not lifted. */
    Optional<String> proof = Optional.empty();

    // What it is to run.
    final Map<String, Long> has = new LinkedHashMap<>();
    long generation = 1;

    /** Some of what has its place there is retired. */
    boolean retires;

    // What it said.
    long incarnation;
    long sequence;
    long reportedGeneration;
    Map<String, Long> reported = new HashMap<>();
    long reportedAt;

    // Who hears it.
    Optional<String> attends = Optional.empty();
    boolean roomMisses;
    long silentSince;

    /** When it was last seen to be late, if not missed. */
    long lateAt = Long.MIN_VALUE / 2;

    final Map<String, Suspicion.Ear> heardByVoter = new HashMap<>();
    final Map<String, Long> saidAt = new HashMap<>();
    Optional<Long> suspectSince = Optional.empty();
    SimHost.BmcSays bmcSaid = SimHost.BmcSays.NOTHING;
    long bmcAskedAt = Long.MIN_VALUE;

    HostRow(SimHost host) {
        name = host.name;
        site = host.site;
        rack = host.rack;
        profile = host.profile;
        possible = PossibleTerms.none(name);
    }

    boolean dead() {
        return proof.isPresent();
    }

    boolean good() {
        return proof.isEmpty()
                && condemnation.isEmpty()
                && suspectSince.isEmpty()
                && !roomMisses
                && attends.isPresent();
    }

    void add(String machine, long epoch) {
        has.put(machine, epoch);
        generation++;
    }

    void drop(String machine) {
        if (has.remove(machine) != null) generation++;
    }
}
