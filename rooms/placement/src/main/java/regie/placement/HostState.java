package regie.placement;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import regie.kernel.Check;

/** One host in the inventory. Its vectors have a number for each slot of its layout; nobody else changes them. */
final class HostState {
    private Host host;
    private Layout layout;
    private long[] total;
    private long[] claimed;
    private long[] held;
    private long[] free;
    private int[] domains = new int[0];
    private final List<Seat> seats = new ArrayList<>();
    private int rank;
    private @Nullable Refuge refuge;

    HostState(Host host, Layout layout) {
        this.host = host;
        this.layout = layout;
        total = totals(host);
        claimed = new long[total.length];
        held = new long[total.length];
        free = total.clone();
    }

    Host host() {
        return host;
    }

    String name() {
        return host.name();
    }

    Layout layout() {
        return layout;
    }

    /** What is neither claimed by a guest nor held back. May be negative while more is held than is there. */
    long[] free() {
        return free;
    }

    long[] total() {
        return total;
    }

    long[] claimed() {
        return claimed;
    }

    long[] held() {
        return held;
    }

    /** Its place among all hosts by name, as the index last counted them. */
    int rank() {
        return rank;
    }

    void rank(int now) {
        rank = now;
    }

    /** As the last proof that was made knows it; null where none was. Another proof has others. */
    @Nullable
    Refuge refuge() {
        return refuge;
    }

    void refuge(Refuge now) {
        refuge = now;
    }

    List<Seat> seats() {
        return seats;
    }

    int[] domains() {
        return domains;
    }

    int domain(Domain kind) {
        return domains[kind.number()];
    }

    void domains(int[] found) {
        domains = found;
    }

    /** The host anew, no other than before but for being open or closed. */
    void open(Host now) {
        host = now;
    }

    /** The host anew; whatever its guests have and whatever is held must be among its rooms. */
    void become(Host now, Layout nowLayout) {
        if (nowLayout != layout) {
            claimed = moved(claimed, nowLayout);
            held = moved(held, nowLayout);
            layout = nowLayout;
            for (var seat : seats) seat.locate();
        }
        host = now;
        total = totals(now);
        free = new long[total.length];
        for (int at = 0; at < free.length; at++) {
            long claims = claimed[at];
            var slot = layout.slot(at);
            if (claims > total[at])
                throw Check.failed("%s has %d of %s, as its guests do".formatted(host.name(), claims, slot));
            free[at] = total[at] - claims - held[at];
        }
    }

    void claim(Seat seat) {
        for (int at = 0; at < seat.positions().length; at++) {
            int position = seat.positions()[at];
            long left = total[position] - claimed[position] - seat.amounts()[at];
            if (left < 0)
                throw Check.failed("%s has %d more of %s".formatted(host.name(), -left, layout.slot(position)));
        }
        for (int at = 0; at < seat.positions().length; at++) move(seat.positions()[at], seat.amounts()[at]);
        seat.at(seats.size());
        seats.add(seat);
    }

    void release(Seat seat) {
        for (int at = 0; at < seat.positions().length; at++) move(seat.positions()[at], -seat.amounts()[at]);
        var last = seats.removeLast();
        if (last != seat) {
            seats.set(seat.at(), last);
            last.at(seat.at());
        }
    }

    void hold(int position, long amount) {
        free[position] += held[position] - amount;
        held[position] = amount;
    }

    private void move(int position, long amount) {
        claimed[position] += amount;
        free[position] -= amount;
    }

    private long[] moved(long[] vector, Layout to) {
        var moved = new long[to.size()];
        for (int at = 0; at < vector.length; at++) {
            if (vector[at] == 0) continue;
            int position = to.position(layout.slot(at));
            if (position == Layout.MISSING)
                throw Check.failed("%s has %s, as its guests do".formatted(host.name(), layout.slot(at)));
            moved[position] = vector[at];
        }
        return moved;
    }

    private static long[] totals(Host host) {
        return host.rooms().stream().mapToLong(Room::total).toArray();
    }
}
