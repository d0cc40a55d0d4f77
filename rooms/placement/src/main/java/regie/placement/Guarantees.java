package regie.placement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Sees to it that every promise has its witnesses, or stands as a gap. After each call, for every failure all witnesses that cover
 * it fit together beside everyone who stays, and keep every required rule.
 */
final class Guarantees {
    private static final Domain[] LARGEST_FIRST = {
        Domain.SITE, Domain.ROOM, Domain.SWITCH_PAIR, Domain.FEED, Domain.RACK, Domain.HOST
    };
    /** How often groups are looked at again because moved witnesses broke other members' rules. Then there are gaps. */
    private static final int ROUNDS_MAX = 4;

    private final Proof proof;
    private final WitnessSearch search;
    private final Deque<Ward> homeless = new ArrayDeque<>();
    private final Mending mending;
    private int further;
    private int mendings;

    Guarantees(Proof proof) {
        this.proof = proof;
        search = new WitnessSearch(proof);
        mending = new Mending(proof, this, search);
    }

    WitnessSearch search() {
        return search;
    }

    /**
     * @param refuges how many with room may be passed over to find one where what is held already suffices
     * @param repairs how often others' witnesses may be moved in order to make room for one
     */
    void bounds(int refuges, int repairs) {
        further = refuges;
        mendings = repairs;
    }

    /** Finds the witnesses that a guest lacks; what isn't found is a gap. */
    void protect(Ward ward) {
        proof.removeGaps(ward);
        seek(ward, missing(ward));
        several(ward);
    }

    /** Takes away all that is proven for the guest. */
    void abandon(Ward ward) {
        while (!ward.witnesses().isEmpty()) proof.remove(ward.witnesses().getLast());
        proof.removeGaps(ward);
    }

    /** What {@code ward} is to survive and isn't covered, the largest failure first. */
    private List<Failure> missing(Ward ward) {
        if (ward.guest().rules().survives().isEmpty()) return List.of();
        var missing = new ArrayList<Failure>(LARGEST_FIRST.length);
        for (var domain : LARGEST_FIRST) {
            if (!concerns(ward, domain)) continue;
            var failure = proof.failures().of(ward.home(), domain);
            if (failure != null && !covered(ward, failure) && !missing.contains(failure)) missing.add(failure);
        }
        return missing;
    }

    /**
     * Whether {@code ward} is to survive the failure of its {@code domain}. Who is to survive more than its host survives that too;
     * and a rack of two hosts falls where any two hosts do, so that whoever is promised either has its place among the same.
     */
    private boolean concerns(Ward ward, Domain domain) {
        if (domain == Domain.HOST) return true;
        int several = 0;
        for (var each : ward.guest().rules().survives()) {
            if (each.over() == domain) return true;
            if (each.over() == Domain.HOST) several = each.count();
        }
        return several > 1 && proof.failures().size(ward.home().host(), domain) <= several;
    }

    private static boolean covered(Ward ward, Failure failure) {
        for (var witness : ward.witnesses()) if (witness.covers(failure)) return true;
        return false;
    }

    /** One place for all of {@code failures} if possible: what a smaller one needs is then held for the larger already. */
    private void seek(Ward ward, List<Failure> failures) {
        if (failures.isEmpty()) return;
        if (failures.size() > 1) {
            if (!ward.delicate() && find(ward, failures, 0)) return;
            seek(ward, List.of(failures.getFirst()));
            seek(ward, List.copyOf(failures.subList(1, failures.size())));
        } else if (!find(ward, failures, 0) && proof.promised(ward, failures.getFirst()) && !mended(ward, failures)) {
            proof.addGap(ward, failures.getFirst());
        }
    }

    boolean find(Ward ward, List<Failure> failures, int rank) {
        var witness = search.find(ward, failures, aftermath(ward, failures), rank, further, proof.epoch());
        if (witness == null) return false;
        proof.add(witness);
        return true;
    }

    private boolean mended(Ward ward, List<Failure> failures) {
        if (mendings == 0) return false;
        mendings--;
        return mending.makeRoom(ward, failures);
    }

    Aftermath aftermath(Ward ward, List<Failure> failures) {
        return new Aftermath(proof, ward, failures);
    }

    /**
     * For the loss of any {@code count} hosts at once: as many places, on as many other hosts. The guest's own is one of those
     * lost, so at most {@code count - 1} of its places are. Where members of its group keep apart, its places are in as many
     * domains of which no member stands in any; whichever are lost, each that has to return still finds one of its own places in
     * a domain that no other returns to.
     */
    private void several(Ward ward) {
        int count = count(ward);
        if (count < 2) return;
        var have = ranked(ward);
        if (have.size() == count) return;
        for (var witness : have) proof.remove(witness);
        boolean found = severalPossible(ward);
        for (int rank = 1; found && rank <= count; rank++) {
            var covers = new ArrayList<Failure>();
            for (int each = Math.max(rank, 2); each <= count; each++) {
                covers.add(proof.failures().of(ward.home().host(), each));
            }
            found = find(ward, List.copyOf(covers), rank);
        }
        if (found) return;
        for (var witness : ranked(ward)) proof.remove(witness);
        proof.addGap(ward, proof.failures().of(ward.home().host(), count));
    }

    /** How many hosts at once the guest was promised to survive the loss of. */
    static int count(Ward ward) {
        int count = 0;
        for (var each : ward.guest().rules().survives()) if (each.over() == Domain.HOST) count = each.count();
        return count;
    }

    private static List<Witness> ranked(Ward ward) {
        var ranked = new ArrayList<Witness>();
        for (var witness : ward.witnesses()) if (witness.rank() > 0) ranked.add(witness);
        return ranked;
    }

    /** Where members keep apart by two kinds of domain at once, one that returns may be in two others' way. */
    private static boolean severalPossible(Ward ward) {
        var band = ward.band();
        if (ward.delicate()) return false;
        if (!band.apart()) return true;
        int host = ward.home().host().domains()[Domain.HOST.number()];
        return band.apartBeyondHosts() <= 1 && band.crowd().all().of(host) == 1;
    }

    /** After a guest has come to its host: nobody's witness may be in its way, nor it in theirs. */
    void arrived(Ward ward) {
        var band = ward.band();
        if (band.ruled()) {
            for (int each = 0; each < band.members().size(); each++) {
                var member = band.members().get(each);
                if (member != ward) arrived(ward, member);
            }
        }
        if (band.delicate()) proof.touched().add(band);
        squeeze(ward.home());
    }

    private void arrived(Ward ward, Ward member) {
        for (int at = 0; at < member.witnesses().size(); ) {
            var witness = member.witnesses().get(at);
            boolean certain = !ward.band().delicate() && witness.rank() == 0;
            if ((certain && !near(ward, witness)) || valid(witness)) at++;
            else displace(witness);
        }
    }

    /** After a guest has left; rules about how many there are elsewhere may be broken by that. */
    void left(Band band) {
        if (band.delicate()) proof.touched().add(band);
    }

    private static boolean near(Ward ward, Witness witness) {
        var home = ward.home().host().domains();
        var there = witness.refuge().host().domains();
        int apart = ward.apart() | witness.ward().apart();
        for (int kind = 0; kind < home.length; kind++) {
            if ((apart & 1 << kind) != 0 && home[kind] == there[kind] && home[kind] != Domains.NONE) return true;
        }
        return false;
    }

    /** Whether the group's rules would still let the witness be where it is. */
    private boolean valid(Witness witness) {
        var ward = witness.ward();
        if (witness.rank() > 0 && !severalPossible(ward)) return false;
        int at = ward.witnesses().indexOf(witness);
        ward.witnesses().remove(at);
        boolean valid =
                aftermath(ward, witness.covers()).permits(witness.refuge().host());
        ward.witnesses().add(at, witness);
        return valid;
    }

    void displace(Witness witness) {
        proof.remove(witness);
        homeless.add(witness.ward());
    }

    /** Looks, with the next {@link #settle}, whether it lacks a witness. */
    void look(Ward ward) {
        homeless.add(ward);
    }

    /** Drops witnesses from {@code refuge} until all that stay there fit, the largest first. */
    void squeeze(Refuge refuge) {
        var host = refuge.host();
        refuge.count();
        if (!over(refuge.held(), host)) return;
        for (var load : List.copyOf(refuge.loads())) {
            while (over(load.amounts(), host) && !load.witnesses().isEmpty()) displace(largest(load));
        }
        for (int count = 2; count <= Survives.COUNT_MAX; count++) {
            while (over(refuge.together(count, count, null), host)) displace(largest(fullest(refuge, count)));
        }
    }

    private static boolean over(long[] amounts, HostState host) {
        for (int at = 0; at < amounts.length; at++)
            if (amounts[at] > host.total()[at] - host.claimed()[at]) return true;
        return false;
    }

    static Witness largest(Load load) {
        return java.util.Collections.max(
                load.witnesses(),
                Comparator.comparingLong(each -> each.ward().need().size()));
    }

    private static Load fullest(Refuge refuge, int count) {
        return refuge.loads().stream()
                .filter(load -> load.failure().count() == count)
                .max(Comparator.comparingInt(load -> load.witnesses().size()))
                .orElseThrow();
    }

    /** Finds new places for all that was displaced, and looks at the groups where that may have broken a rule. */
    void settle() {
        drain();
        for (int round = 0; round < ROUNDS_MAX && !proof.touched().isEmpty(); round++) {
            for (var witness : broken()) displace(witness);
            drain();
        }
        // A witness that goes for good takes nothing with it but other witnesses, so this ends.
        while (!proof.touched().isEmpty()) {
            for (var witness : broken()) {
                proof.remove(witness);
                for (var failure : witness.covers()) {
                    if (proof.promised(witness.ward(), failure)) proof.addGap(witness.ward(), failure);
                }
            }
        }
    }

    private void drain() {
        for (var ward = homeless.poll(); ward != null; ward = homeless.poll()) protect(ward);
    }

    /** In the groups touched, and in those that keep near them. */
    private List<Witness> broken() {
        var wards = new LinkedHashSet<Ward>();
        for (var band : proof.touched()) {
            for (var ward : band.members()) if (ward.delicate()) wards.add(ward);
            wards.addAll(band.followers());
        }
        proof.touched().clear();
        var broken = new ArrayList<Witness>();
        for (var ward : wards) {
            for (var witness : List.copyOf(ward.witnesses())) if (!valid(witness)) broken.add(witness);
        }
        return broken;
    }
}
