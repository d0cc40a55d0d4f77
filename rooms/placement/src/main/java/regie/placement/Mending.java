package regie.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes room for a witness by giving others of the same failure other places, within bounds. */
final class Mending {
    /** Refuges that are tried. */
    private static final int REFUGES_MAX = 8;
    /** Refuges that are looked at in order to find those. */
    private static final int LOOKED_MAX = 256;
    /** Witnesses that are moved away from one refuge. */
    private static final int MOVED_MAX = 8;

    private final Proof proof;
    private final Guarantees guarantees;
    private final WitnessSearch search;

    Mending(Proof proof, Guarantees guarantees, WitnessSearch search) {
        this.proof = proof;
        this.guarantees = guarantees;
        this.search = search;
    }

    /** Nothing has changed where it fails. Works only while a change is on trial. */
    boolean makeRoom(Ward ward, List<Failure> failures) {
        var failure = failures.getFirst();
        for (var refuge : candidates(ward, failure)) {
            int before = proof.steps();
            if (moveTo(ward, failures, refuge)) return true;
            proof.takeBackTo(before);
        }
        return false;
    }

    /** Where the guest would fit if no witness of {@code failure} were there, those with the fewest first. */
    private List<Refuge> candidates(Ward ward, Failure failure) {
        var found = new ArrayList<Refuge>();
        var shape = ward.need().shape();
        var refuges = proof.refuges();
        int looked = 0;
        for (int at = refuges.next(0, shape); at >= 0 && looked < LOOKED_MAX; at = refuges.next(at + 1, shape)) {
            var refuge = refuges.at(at);
            if (refuge == null || failure.hits(refuge.host()) || !ward.need().mayGo(refuge)) continue;
            looked++;
            var load = proof.loads().get(failure, refuge);
            if (load != null && search.fits(refuge, List.of(), shape)) found.add(refuge);
        }
        found.sort(Comparator.<Refuge>comparingInt(refuge -> there(refuge, failure))
                .thenComparingInt(Refuge::order));
        return found.subList(0, Math.min(REFUGES_MAX, found.size()));
    }

    private int there(Refuge refuge, Failure failure) {
        var load = proof.loads().get(failure, refuge);
        return load == null ? 0 : load.witnesses().size();
    }

    private boolean moveTo(Ward ward, List<Failure> failures, Refuge refuge) {
        var failure = failures.getFirst();
        var moved = new ArrayList<Witness>();
        while (!search.fits(refuge, failures, ward.need().shape())) {
            var load = proof.loads().get(failure, refuge);
            if (load == null || moved.size() == MOVED_MAX) return false;
            var witness = smallest(load);
            proof.remove(witness);
            moved.add(witness);
        }
        if (!guarantees.aftermath(ward, failures).permits(refuge.host())) return false;
        search.fits(refuge, failures, ward.need().shape());
        proof.add(search.witness(ward, failures, 0, refuge));
        moved.sort(Comparator.comparingLong(witness -> -witness.ward().need().size()));
        for (var witness : moved) {
            if (witness.rank() > 0 || !guarantees.find(witness.ward(), witness.covers(), 0)) return false;
        }
        return true;
    }

    private static Witness smallest(Load load) {
        return java.util.Collections.min(
                load.witnesses(),
                Comparator.comparingLong(each -> each.ward().need().size()));
    }
}
