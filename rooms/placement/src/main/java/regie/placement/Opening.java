package regie.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

/**
 * Guests of one host that have to go so that more of the wanted shape fit there.
 *
 * @param gain how many more
 * @param threads what they take, which has to be found elsewhere
 */
record Opening(List<UUID> guests, int gain, long threads) {
    /** Most room for the fewest moves first, then what is easiest to seat elsewhere. */
    static final Comparator<Opening> ORDER = Comparator.<Opening>comparingDouble(
                    each -> -each.gain() / (double) each.guests().size())
            .thenComparingLong(Opening::threads)
            .thenComparing(each -> each.guests().getFirst());

    /** The best one of {@code host} that moves at most {@code most} guests, for each gain. */
    static List<Opening> of(HostState host, List<Seat> movable, Fits fits, int most) {
        return new Search(host, movable, fits).all(most);
    }

    /** Tries sets of guests, of which those that take the same count as one and the same. */
    private static final class Search {
        private static final int TRIED_MAX = 20_000;

        private final HostState host;
        private final Fits fits;
        private final int base;
        private final List<List<Seat>> kinds;
        private final List<Opening> found = new ArrayList<>();
        private final List<Seat> set = new ArrayList<>();
        private final long[] free;
        private int tried;

        Search(HostState host, List<Seat> movable, Fits fits) {
            this.host = host;
            this.fits = fits;
            base = fits.of(host);
            free = host.free().clone();
            var byTakes = new LinkedHashMap<List<Take>, List<Seat>>();
            for (var seat : movable) {
                byTakes.computeIfAbsent(seat.place().takes(), _ -> new ArrayList<>())
                        .add(seat);
            }
            kinds = List.copyOf(byTakes.values());
        }

        List<Opening> all(int most) {
            add(0, 0, most);
            return found;
        }

        /** Adds guests from the {@code kind}th kind on, of which {@code used} are in the set already. */
        private void add(int kind, int used, int left) {
            if (left == 0 || tried >= TRIED_MAX) return;
            for (int at = kind; at < kinds.size(); at++) {
                int next = at == kind ? used : 0;
                if (next == kinds.get(at).size()) continue;
                var seat = kinds.get(at).get(next);
                change(seat, 1);
                set.add(seat);
                weigh();
                add(at, next + 1, left - 1);
                set.removeLast();
                change(seat, -1);
            }
        }

        private void change(Seat seat, int sign) {
            for (int take = 0; take < seat.positions().length; take++)
                free[seat.positions()[take]] += sign * seat.amounts()[take];
        }

        private void weigh() {
            tried++;
            int gain = fits.of(host, free) - base;
            if (gain <= 0) return;
            long threads =
                    set.stream().mapToLong(seat -> seat.guest().shape().vcpus()).sum();
            var guests = set.stream().map(seat -> seat.guest().id()).toList();
            var opening = new Opening(guests, gain, threads);
            if (found.stream().anyMatch(each -> each.gain() >= gain && ORDER.compare(each, opening) <= 0)) return;
            found.removeIf(each -> each.gain() <= gain && ORDER.compare(opening, each) < 0);
            found.add(opening);
        }
    }
}
