package regie.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import regie.kernel.Check;

/**
 * A copy of an inventory in which moves are tried. What can be done to it is only what could be done to the real one in the same
 * order: each move fits into what is free and not held, on a host that is open to the guest, and leaves no required rule broken.
 */
final class Trial {
    private final Inventory inventory = new Inventory();
    private final Now scene = new Now(inventory);
    private final Departures groups;
    private final Predicate<Guest> movable;
    private final int movesMax;
    private final List<Move> moves = new ArrayList<>();
    private final Fit fit = new Fit();
    private long[] masked = new long[16];

    Trial(Inventory real, Predicate<Guest> movable, int movesMax) {
        this.movable = movable;
        this.movesMax = movesMax;
        for (var state : real.states()) {
            inventory.put(state.host());
            for (int at = 0; at < state.held().length; at++) {
                if (state.held()[at] > 0)
                    inventory.hold(state.host().id(), state.layout().slot(at), state.held()[at]);
            }
            for (var seat : state.seats()) inventory.seat(seat.guest(), seat.place());
        }
        groups = new Departures(inventory);
    }

    Inventory inventory() {
        return inventory;
    }

    int left() {
        return movesMax - moves.size();
    }

    List<Move> moves() {
        return moves;
    }

    /** Cards and virtual functions are the host's own, so who has some can't go while it runs. */
    private boolean movable(Seat seat) {
        var shape = seat.guest().shape();
        return shape.gpus().isEmpty() && shape.virtualFunctions() == 0 && movable.test(seat.guest());
    }

    /** Where a guest could go on one host: what it would take there, by position of the host's layout. */
    interface Visitor {
        void may(HostState host, Fit fit);
    }

    /** Shows every way to seat a guest on another host that room and rules allow. */
    void destinations(UUID id, Predicate<HostState> wanted, Visitor visitor) {
        var guest = inventory.guest(id).orElseThrow();
        var from = seat(id).host();
        var place = inventory.unseat(guest.id());
        for (var host : inventory.states()) {
            if (host == from || !wanted.test(host) || !room(guest.shape(), host)) continue;
            if (Bar.first(guest, host.host()).isPresent()) continue;
            if (RuleCheck.broken(guest, host, scene).isPresent() || groups.needed(guest, from, host)) continue;
            ways(guest.shape(), host, visitor);
        }
        inventory.seat(guest, place);
    }

    /** Makes the move, or leaves all as it is where that would break a rule of others. */
    boolean move(UUID guest, Place to) {
        Check.that(left() > 0, "no more moves than were allowed");
        var from = shift(guest, to);
        if (groups.skewed(inventory.guest(guest).orElseThrow())) {
            shift(guest, from);
            return false;
        }
        moves.add(new Move(guest, from, to));
        return true;
    }

    /** Takes back all moves but the first {@code count}. */
    void back(int count) {
        while (moves.size() > count) {
            var last = moves.removeLast();
            shift(last.guest(), last.from());
        }
    }

    /** Another one after each look at {@link #destinations} and after each move. */
    Seat seat(UUID guest) {
        return inventory.seatOf(guest).orElseThrow();
    }

    /** Those on one host that may be moved, in an order that no history changes. */
    List<Seat> movable(HostState host) {
        return host.seats().stream()
                .filter(this::movable)
                .sorted(Comparator.comparing(seat -> seat.guest().id()))
                .toList();
    }

    private Place shift(UUID id, Place to) {
        var guest = inventory.guest(id).orElseThrow();
        var from = inventory.unseat(id);
        inventory.seat(guest, to);
        return from;
    }

    private boolean room(Shape shape, HostState host) {
        return fit.fits(host.layout(), host.free(), shape);
    }

    /** One way for each node it could have to itself; one way in all where it takes several nodes. */
    private void ways(Shape shape, HostState host, Visitor visitor) {
        var threads = host.layout().threads();
        if (shape.numaNodes() > 1 || threads.length == 1) {
            visitor.may(host, fit);
            return;
        }
        boolean alone = false;
        int size = host.free().length;
        if (masked.length < size) masked = new long[size];
        for (int node = 0; node < threads.length; node++) {
            System.arraycopy(host.free(), 0, masked, 0, size);
            for (int other = 0; other < threads.length; other++) {
                if (other != node && threads[other] != Layout.MISSING) masked[threads[other]] = 0;
            }
            if (!fit.fits(host.layout(), masked, shape)) continue;
            visitor.may(host, fit);
            alone = true;
        }
        if (!alone && fit.fits(host.layout(), host.free(), shape)) visitor.may(host, fit);
    }
}
