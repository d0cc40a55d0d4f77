package regie.placement;

import java.util.ArrayList;
import java.util.List;

/** Counts what each host fell to, for a guest that found none. */
final class Tally {
    private final HostIndex index;
    private final Eligible eligible;
    private final GroupRules groups;
    private final Lacks lacks;

    Tally(Inventory inventory, Eligible eligible, GroupRules groups) {
        index = inventory.index();
        this.eligible = eligible;
        this.groups = groups;
        lacks = new Lacks(index);
    }

    /**
     * @param rest why those were not taken that fell to nothing here
     * @param generation of the index, made fresh
     */
    Why why(Guest guest, String rest, long generation) {
        var nature = eligible.of(guest, generation);
        var falls = new ArrayList<>(nature.falls());
        var set = nature.hosts().clone();
        var counting = new Counting(falls, Bits.count(set));
        Bits.and(set, index.open());
        counting.fell(Bar.CLOSED.words(), set);
        var allowed = set.clone();
        lacks.take(guest.shape(), set).forEach((lack, count) -> counting.fell(lack.words(), count));
        groups.keepAllowed(guest, set, allowed, (words, left) -> counting.fell(words.get(), left));
        counting.fell(rest, new long[0]);
        return new Why(index.size(), falls);
    }

    /** Writes down what fell, where anything did. */
    private static final class Counting {
        private final List<Why.Fall> falls;
        private int left;

        private Counting(List<Why.Fall> falls, int left) {
            this.falls = falls;
            this.left = left;
        }

        private void fell(String reason, long[] staying) {
            fell(reason, left - Bits.count(staying));
        }

        private void fell(String reason, int count) {
            if (count == 0) return;
            left -= count;
            falls.add(new Why.Fall(reason, count, left));
        }
    }
}
