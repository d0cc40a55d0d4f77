package regie.placement;

import java.util.ArrayList;
import java.util.List;

/** What one failure would bring to one refuge. */
final class Load {
    private final Failure failure;
    private final Refuge refuge;
    private final long[] amounts;
    private final List<Witness> witnesses = new ArrayList<>(2);
    private int at;

    Load(Failure failure, Refuge refuge) {
        this.failure = failure;
        this.refuge = refuge;
        amounts = new long[refuge.layout().size()];
    }

    Failure failure() {
        return failure;
    }

    Refuge refuge() {
        return refuge;
    }

    /** By position of the refuge's layout. */
    long[] amounts() {
        return amounts;
    }

    /** In the order they came; nobody else changes it. */
    List<Witness> witnesses() {
        return witnesses;
    }

    /** Its place in the refuge's list of loads. */
    int at() {
        return at;
    }

    void at(int now) {
        at = now;
    }

    void add(Witness witness) {
        witnesses.add(witness);
        for (int take = 0; take < witness.positions().length; take++) {
            amounts[witness.positions()[take]] += witness.amounts()[take];
        }
    }

    void remove(Witness witness) {
        int last = witnesses.size() - 1;
        while (witnesses.get(last) != witness) last--;
        witnesses.remove(last);
        for (int take = 0; take < witness.positions().length; take++) {
            amounts[witness.positions()[take]] -= witness.amounts()[take];
        }
    }
}
