package regie.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import regie.kernel.Check;

/**
 * A copy of an inventory in which moves are tried. What can be done to it is only what could be done to the real one in the same
 * order: each move fits into what is free and not held, on a host that is open to the guest, and leaves no required rule broken
 * and no promise about a failure that was kept before.
 *
 * <p>Where anything was promised, what is held back is what the proof of that needs, and it wanders with the guests. Where nothing
 * was, it stays as it is in the real one.
 */
final class Trial {
    /** Places that are tried for one guest where promises forbid the better ones. */
    private static final int PLACES_MAX = 6;

    private final Inventory inventory;
    private final Now scene;
    private final Departures groups;
    private final Optional<Survival> promises;
    private final Predicate<Guest> movable;
    private final Realm realm;
    private final int movesMax;
    private final List<Move> moves = new ArrayList<>();
    private final Ways ways = new Ways();

    /** @param promises of the guests in {@code inventory}; empty where they don't matter. Both belong to the trial from here on */
    private Trial(
            Inventory inventory, Optional<Survival> promises, Predicate<Guest> movable, Realm realm, int movesMax) {
        this.realm = realm;
        this.inventory = inventory;
        this.promises = promises;
        this.movable = movable;
        this.movesMax = movesMax;
        scene = new Now(inventory);
        groups = new Departures(inventory);
    }

    /** On a copy of hosts and guests, for whom the proof is made anew. */
    static Trial of(Inventory real, Predicate<Guest> movable, Realm realm, int movesMax) {
        if (!promised(real)) return new Trial(real.copy(), Optional.empty(), movable, realm, movesMax);
        var bare = new Inventory();
        for (var state : real.states()) {
            bare.put(state.host());
            for (var seat : state.seats()) bare.seat(seat.guest(), seat.place());
        }
        return new Trial(bare, Optional.of(new Survival(bare)), movable, realm, movesMax);
    }

    /** On a copy of hosts and guests and of what is proven for them. */
    static Trial of(Survival real, Predicate<Guest> movable, Realm realm, int movesMax) {
        if (!promised(real.inventory()))
            return new Trial(real.inventory().copy(), Optional.empty(), movable, realm, movesMax);
        var copy = real.copy();
        return new Trial(copy.inventory(), Optional.of(copy), movable, realm, movesMax);
    }

    private static boolean promised(Inventory inventory) {
        return inventory.guests().stream()
                .anyMatch(guest -> !guest.rules().survives().isEmpty());
    }

    Inventory inventory() {
        return inventory;
    }

    /** Whether what is held back changes with the moves. */
    boolean promises() {
        return promises.isPresent();
    }

    String realm(HostState host) {
        return realm.of(host.host());
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

    /** A visitor that likes one place best. */
    interface Chooser extends Ways.Visitor {
        /** Of those it was shown; empty where it was shown none that it likes. */
        Optional<Place> place();
    }

    /** Shows every way to seat a guest on another host that room and rules allow. */
    void destinations(UUID id, Predicate<HostState> wanted, Ways.Visitor visitor) {
        var guest = inventory.guest(id).orElseThrow();
        var from = seat(id).host();
        var place = lift(id);
        for (var host : inventory.states()) {
            if (host == from || !wanted.test(host) || !ways.any(guest.shape(), host)) continue;
            if (mayGo(guest, from, host)) ways.each(guest.shape(), host, host.free(), visitor);
        }
        putBack(guest, place);
    }

    /**
     * Moves the guest to the place that a chooser likes best, or to the next one where promises forbid that.
     *
     * @param choosers a new one for each look
     * @return the chooser whose place it was; empty where the guest stays
     */
    <C extends Chooser> Optional<C> moveToBest(UUID guest, Predicate<HostState> wanted, Supplier<C> choosers) {
        var refused = new HashSet<UUID>();
        for (int tried = 0; tried < PLACES_MAX; tried++) {
            var chooser = choosers.get();
            destinations(guest, host -> !refused.contains(host.host().id()) && wanted.test(host), chooser);
            var place = chooser.place();
            if (place.isEmpty()) return Optional.empty();
            if (move(guest, place.get())) return Optional.of(chooser);
            refused.add(place.get().host());
        }
        return Optional.empty();
    }

    /** Makes a move to one of the {@link #destinations}, or leaves all as it is where that would break a rule or a promise to others. */
    boolean move(UUID guest, Place to) {
        Check.that(left() > 0, "no more moves than were allowed");
        var from = shift(guest, to);
        if (from.isEmpty()) return false;
        if (groups.skewed(inventory.guest(guest).orElseThrow())) {
            shiftBack(guest, from.get());
            return false;
        }
        moves.add(new Move(guest, from.get(), to));
        return true;
    }

    /** Makes a move that anybody may have thought of, if it is legal; else nothing has changed. */
    boolean moveIfLegal(UUID id, Place to) {
        if (left() == 0 || seat(id).host().host().id().equals(to.host())) return false;
        var guest = inventory.guest(id).orElseThrow();
        var from = seat(id).host();
        if (!movable(seat(id))) return false;
        var place = lift(id);
        var host = inventory.state(to.host());
        boolean legal = to.takes().stream().allMatch(take -> inventory.free(to.host(), take.slot()) >= take.amount())
                && mayGo(guest, from, host);
        putBack(guest, place);
        return legal && move(id, to);
    }

    /** By rules; the guest is off its host. */
    private boolean mayGo(Guest guest, HostState from, HostState to) {
        return Bar.first(guest, to.host()).isEmpty()
                && realm(from).equals(realm(to))
                && RuleCheck.broken(guest, to, scene).isEmpty()
                && !groups.needed(guest, from, to);
    }

    /** Takes back all moves but the first {@code count}. */
    void back(int count) {
        while (moves.size() > count) {
            var last = moves.removeLast();
            shiftBack(last.guest(), last.from());
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

    /** Where it was; empty where some promise would not be kept any more, and nothing has changed. */
    private Optional<Place> shift(UUID id, Place to) {
        var guest = inventory.guest(id).orElseThrow();
        var from = lift(id);
        if (promises.isEmpty()) inventory.seat(guest, to);
        else if (!promises.get().admit(guest, to)) {
            putBack(guest, from);
            return Optional.empty();
        }
        return Optional.of(from);
    }

    private void shiftBack(UUID id, Place to) {
        var guest = inventory.guest(id).orElseThrow();
        lift(id);
        putBack(guest, to);
    }

    private Place lift(UUID guest) {
        return promises.isPresent() ? promises.get().unseat(guest) : inventory.unseat(guest);
    }

    private void putBack(Guest guest, Place place) {
        if (promises.isPresent()) promises.get().seat(guest, place);
        else inventory.seat(guest, place);
    }
}
