package regie.placement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds a place for a guest after failures: the first refuge in their order that has room and that the rules allow. Where asked to
 * look further, it passes over a few to find one where what is held for other failures already suffices.
 */
final class WitnessSearch {
    private final Proof proof;
    private final Refuges refuges;
    private final LoadTable loads;
    private final Fit fit = new Fit();
    private long[] room = new long[16];
    private long[] reserved = new long[16];
    /** Where the last scan first saw room, whatever the rules said; behind all refuges where it saw none. */
    private int roomAt;

    WitnessSearch(Proof proof) {
        this.proof = proof;
        refuges = proof.refuges();
        loads = proof.loads();
    }

    /**
     * @param failures that hit the guest's host; the place is there after each of them
     * @param aftermath of these failures
     * @param rank of the witness
     * @param further how many refuges with room may be passed over
     * @param epoch grows whenever something becomes free
     */
    @Nullable
    Witness find(Ward ward, List<Failure> failures, Aftermath aftermath, int rank, int further, long epoch) {
        var lead = failures.getFirst();
        int need = 2 * ward.need().id() + (failures.size() > 1 ? 1 : 0);
        boolean remembers = lead.domain() != Domain.HOST;
        int from = remembers ? lead.cursor(need) : 0;
        var found = scan(ward, failures, aftermath, rank, further, from);
        if (remembers) lead.cursor(need, roomAt, from == 0, epoch);
        if (found != null || from == 0 || lead.currentSince(need, epoch)) return found;
        found = scan(ward, failures, aftermath, rank, further, 0);
        lead.cursor(need, roomAt, true, epoch);
        return found;
    }

    private @Nullable Witness scan(
            Ward ward, List<Failure> failures, Aftermath aftermath, int rank, int further, int from) {
        var shape = ward.need().shape();
        roomAt = refuges.size();
        Witness first = null;
        int passed = 0;
        for (int at = refuges.next(from, shape); at >= 0; at = refuges.next(at + 1, shape)) {
            var refuge = refuges.at(at);
            if (refuge == null || !ward.need().mayGo(refuge) || !fits(refuge, failures, shape)) continue;
            // Of all that might be in the way this is asked late, for it hardly ever is.
            if (failures.getFirst().hits(refuge.host())) continue;
            roomAt = Math.min(roomAt, at);
            if (hit(refuge, failures) || taken(ward, refuge, rank) || !aftermath.permits(refuge.host())) continue;
            if (further == 0 || shared(refuge)) return witness(ward, failures, rank, refuge);
            if (first == null) first = witness(ward, failures, rank, refuge);
            if (++passed > further) break;
        }
        return first;
    }

    /** Whether the shape fits beside what guests have there and what any of {@code failures} brings already. */
    boolean fits(Refuge refuge, List<Failure> failures, Shape shape) {
        return fit.fits(refuge.layout(), room(refuge, failures), shape);
    }

    /** By position, what is left for a witness; good until the next question. */
    long[] room(Refuge refuge, List<Failure> failures) {
        int size = refuge.layout().size();
        if (room.length < size) {
            room = new long[size];
            reserved = new long[size];
        }
        java.util.Arrays.fill(reserved, 0, size, 0);
        for (int at = 0; at < failures.size(); at++) {
            if (counts(failures.get(at), failures.getFirst())) reserve(refuge, failures.get(at), size);
        }
        var total = refuge.host().total();
        var claimed = refuge.host().claimed();
        for (int at = 0; at < size; at++) room[at] = total[at] - claimed[at] - reserved[at];
        return room;
    }

    /** A failure that follows the first in question brings no more than that; what several hosts bring counts with others' in any case. */
    private boolean counts(Failure failure, Failure first) {
        if (failure.counted() || failure.count() > 1) return true;
        if (failure == first
                ? failure.lead().isEmpty()
                : failure.lead().filter(lead -> lead != first).isEmpty()) return false;
        proof.count(failure);
        return true;
    }

    private void reserve(Refuge refuge, Failure failure, int size) {
        var load = loads.get(failure, refuge);
        if (failure.count() > 1) {
            var others = refuge.together(failure.count(), failure.count() - 1, failure);
            for (int at = 0; at < size; at++) {
                reserved[at] = Math.max(reserved[at], others[at] + (load == null ? 0 : load.amounts()[at]));
            }
        } else if (load != null) {
            var amounts = load.amounts();
            for (int at = 0; at < size; at++) if (amounts[at] > reserved[at]) reserved[at] = amounts[at];
        }
    }

    /** Whether what was just found to fit is held there already, for other failures. */
    private boolean shared(Refuge refuge) {
        var held = refuge.held();
        for (int at = 0; at < fit.count(); at++) {
            int position = fit.position(at);
            if (reserved[position] + fit.amount(at) > held[position]) return false;
        }
        return true;
    }

    private static boolean hit(Refuge refuge, List<Failure> failures) {
        for (int at = 1; at < failures.size(); at++) if (failures.get(at).hits(refuge.host())) return true;
        return false;
    }

    /** Of several places for the loss of several hosts, each is on another host. */
    private static boolean taken(Ward ward, Refuge refuge, int rank) {
        if (rank == 0) return false;
        for (var witness : ward.witnesses()) if (witness.rank() > 0 && witness.refuge() == refuge) return true;
        return false;
    }

    /** Of what was just found to fit there. */
    Witness witness(Ward ward, List<Failure> failures, int rank, Refuge refuge) {
        return new Witness(ward, failures, rank, refuge, fit);
    }
}
