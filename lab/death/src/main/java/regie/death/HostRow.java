package regie.death;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import regie.agent.lease.LeaseProfile;
import regie.agent.lease.PossibleTerms;
import regie.compute.Watched;
import regie.continuity.Verdict;

/** A host as the room has it written down. Times are the database's. */
final class HostRow {
    final UUID server;
    final String name;
    final String site;
    final String rack;
    LeaseProfile profile;
    PossibleTerms possible;

    /** Its number, while the host is refused everything. */
    Optional<Long> condemnation = Optional.empty();

    /** How it is known that nothing runs there, until it has come back clean. */
    Optional<String> proof = Optional.empty();

    /** The one that is open. */
    Optional<Verdict> verdict = Optional.empty();

    /** Since when both paths miss it for long enough, and no storm holds it: what owns nothing is replaced. */
    boolean doubted;

    /** While it is dead. */
    Instant died = Instant.MAX;

    /** Not silent for as long as the room alone goes by. */
    boolean heard = true;

    Instant heardSince = Instant.EPOCH;

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

    /** When it was last seen to be late, if not missed. */
    long lateAt = Long.MIN_VALUE / 2;

    /** So many of its neighbours miss it, of those that ever voted for it. */
    int missedByNeighbours;

    HostRow(SimHost host) {
        server = UUID.nameUUIDFromBytes(host.name.getBytes(StandardCharsets.UTF_8));
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
        return proof.isEmpty() && condemnation.isEmpty() && verdict.isEmpty() && !roomMisses && attends.isPresent();
    }

    Watched watched() {
        return new Watched(server, name, site, dead(), heard && !dead(), heardSince);
    }

    void add(String machine, long epoch) {
        has.put(machine, epoch);
        generation++;
    }

    void drop(String machine) {
        if (has.remove(machine) != null) generation++;
    }
}
