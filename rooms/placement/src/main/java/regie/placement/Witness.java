package regie.placement;

import java.util.ArrayList;
import java.util.List;

/** A place that is proven to be there for a guest after each of the failures it covers. */
final class Witness {
    private final Ward ward;
    private final List<Failure> covers;
    private final int rank;
    private final Refuge refuge;
    private final int[] positions;
    private final long[] amounts;

    /**
     * @param covers all of them hit the guest's host, and none hits {@code refuge}
     * @param rank of several for the loss of several hosts, from 1; 0 for the only one
     * @param fit what was just found to fit into the refuge
     */
    Witness(Ward ward, List<Failure> covers, int rank, Refuge refuge, Fit fit) {
        this.ward = ward;
        this.covers = covers;
        this.rank = rank;
        this.refuge = refuge;
        positions = new int[fit.count()];
        amounts = new long[fit.count()];
        for (int at = 0; at < positions.length; at++) {
            positions[at] = fit.position(at);
            amounts[at] = fit.amount(at);
        }
    }

    private Witness(Ward ward, List<Failure> covers, Witness like, Refuge refuge) {
        this.ward = ward;
        this.covers = covers;
        this.refuge = refuge;
        rank = like.rank;
        positions = like.positions;
        amounts = like.amounts;
    }

    /** The same in a copy of the inventory: hosts keep their layout there. */
    Witness copied(Ward itsWard, List<Failure> itsCovers, Refuge itsRefuge) {
        return new Witness(itsWard, itsCovers, this, itsRefuge);
    }

    Ward ward() {
        return ward;
    }

    List<Failure> covers() {
        return covers;
    }

    int rank() {
        return rank;
    }

    Refuge refuge() {
        return refuge;
    }

    /** In the refuge's layout. */
    int[] positions() {
        return positions;
    }

    /** By position. */
    long[] amounts() {
        return amounts;
    }

    boolean covers(Failure failure) {
        for (int at = 0; at < covers.size(); at++) if (covers.get(at) == failure) return true;
        return false;
    }

    Place place() {
        var takes = new ArrayList<Take>(positions.length);
        for (int at = 0; at < positions.length; at++) {
            takes.add(new Take(refuge.layout().slot(positions[at]), amounts[at]));
        }
        return new Place(refuge.host().host().id(), takes);
    }
}
