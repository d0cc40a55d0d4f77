package regie.compute;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import regie.compute.ReservationStatus.State;
import regie.kernel.Hold;

/** Brings the places of one reservation to what is wanted. Tries them out in a {@link Placement}, for those who come after it. */
final class ReservationPlanner {
    /** At most this many new places in one plan; a larger reservation takes several. */
    static final int PLACED_MAX = 1_000;

    private final Reserving wanted;
    private final Placement placement;
    private final Allowance allowance;
    private final Supplier<UUID> fresh;
    private final List<UUID> dropped = new ArrayList<>();
    private final List<Seated> added = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();

    private ReservationPlanner(Reserving wanted, Placement placement, Allowance allowance, Supplier<UUID> fresh) {
        this.wanted = wanted;
        this.placement = placement;
        this.allowance = allowance;
        this.fresh = fresh;
    }

    /**
     * @param dropped places that go, free ones with their claims; machines that use one stay as they are
     * @param added new places; their guests stand for them
     */
    record Decision(
            Reserving wanted, boolean ended, List<UUID> dropped, List<Seated> added, ReservationStatus status) {}

    /** @param fresh gives the uids of new places */
    static Decision plan(
            Reserving wanted, Placement placement, Allowance allowance, Instant now, Supplier<UUID> fresh) {
        return new ReservationPlanner(wanted, placement, allowance, fresh).decide(now);
    }

    private Decision decide(Instant now) {
        var places = new ArrayList<>(wanted.places().stream()
                .sorted(Comparator.comparing(ReservedPlace::place))
                .toList());
        boolean ended = wanted.ended(now);
        if (ended) dropAll(places, place -> place.free() || wanted.deleting());
        else bringAbout(places);
        int free = (int) places.stream().filter(ReservedPlace::free).count() + added.size();
        int used = (int) places.stream().filter(place -> !place.free()).count();
        int waiting = ended ? 0 : wanted.count() - free - used;
        var state = ended ? State.EXPIRED : State.ACTIVE;
        return new Decision(wanted, ended, dropped, added, new ReservationStatus(state, free, used, waiting, holds));
    }

    private void bringAbout(List<ReservedPlace> places) {
        dropAll(places, place -> place.free() && !wanted.fits(place));
        var surplus = places.stream()
                .sorted(Comparator.comparingInt(this::worth))
                .limit(Math.max(0, places.size() - wanted.count()))
                .toList();
        dropAll(places, surplus::contains);
        moveToOpenHosts(places);
        add(wanted.count() - places.size() - added.size());
        var gaps = places.stream()
                .flatMap(place -> placement.gaps(place.place()).stream())
                .toList();
        if (!gaps.isEmpty()) holds.add(Holds.survivalLost(gaps));
    }

    private void dropAll(List<ReservedPlace> places, java.util.function.Predicate<ReservedPlace> which) {
        for (var place : List.copyOf(places)) {
            if (!which.test(place)) continue;
            places.remove(place);
            dropped.add(place.place());
            place.seat().ifPresent(this::giveBack);
        }
    }

    private void giveBack(Seated seat) {
        placement.release(seat.guest().id());
        allowance.give(seat.guest().project(), seat.guest().shape());
    }

    /** What goes first: free places out of reach, then free ones, then those that are used. */
    private int worth(ReservedPlace place) {
        if (!place.free()) return 2;
        return placement.open(place.server()) ? 1 : 0;
    }

    /** A place on a host that takes no machines is of no use for now. Where there is no room elsewhere, it stays. */
    private void moveToOpenHosts(List<ReservedPlace> places) {
        var stuck = places.stream()
                .filter(place -> place.free() && !placement.open(place.server()))
                .toList();
        for (int at = 0; at < stuck.size(); at++) {
            var place = stuck.get(at);
            var why = moved(place.seat().orElseThrow());
            if (why.isPresent()) {
                var names = new TreeSet<String>();
                for (var rest : stuck.subList(at, stuck.size())) names.add(placement.name(rest.server()));
                holds.add(Holds.outOfReach(stuck.size() - at, names, why.get()));
                return;
            }
            places.remove(place);
            dropped.add(place.place());
        }
    }

    /** @return why there is no other place for it; empty where it has one now */
    private Optional<Hold> moved(Seated seat) {
        var project = seat.guest().project();
        var shape = seat.guest().shape();
        giveBack(seat);
        var why = placed();
        if (why.isEmpty()) return why;
        placement.undo();
        allowance.take(project, Optional.empty(), shape);
        return why;
    }

    private void add(int missing) {
        for (int at = 0; at < Math.min(missing, PLACED_MAX); at++) {
            var why = placed();
            if (why.isEmpty()) continue;
            holds.add(why.get()); // the others are like it
            return;
        }
    }

    private Optional<Hold> placed() {
        var guest = wanted.guest(fresh.get());
        var over = allowance.obstacle(guest.project(), Optional.empty(), guest.shape());
        if (over.isPresent()) return over;
        var choice = placement.reserve(guest);
        if (choice.place().isEmpty()) return Optional.of(choice.holds().getFirst());
        allowance.take(guest.project(), Optional.empty(), guest.shape());
        added.add(new Seated(guest, choice.place().get()));
        return Optional.empty();
    }
}
