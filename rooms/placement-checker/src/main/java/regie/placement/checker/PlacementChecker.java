package regie.placement.checker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import regie.kernel.Check;
import regie.placement.Domain;
import regie.placement.Guest;
import regie.placement.Host;
import regie.placement.Place;

/**
 * Says what is wrong with a state, or with what somebody claims of it. Slow and plain on purpose: it looks at every guest and
 * every host each time.
 */
public final class PlacementChecker {
    private final Map<UUID, Host> hosts = new LinkedHashMap<>();
    private final Map<UUID, Seat> seats = new LinkedHashMap<>();
    private final List<Violation> twice = new ArrayList<>();

    public PlacementChecker(Collection<Host> hosts, Collection<Seat> seats) {
        for (var host : hosts) this.hosts.put(host.id(), host);
        for (var seat : seats) {
            if (this.seats.put(seat.guest().id(), seat) != null) {
                twice.add(new Violation(Violation.Sort.ROOM, Words.name(seat.guest()) + " is on two hosts"));
            }
        }
    }

    /** What is wrong with the state as it is. */
    public List<Violation> state() {
        var violations = new ArrayList<>(twice);
        violations.addAll(RoomCheck.of(hosts, seats.values()));
        var known = onHosts(seats.values());
        var groups = new GroupCheck(hosts, known);
        for (var seat : known) violations.addAll(of(seat, hosts, groups));
        return violations;
    }

    /** What is wrong with one guest's place; a guest that has just arrived must have nothing wrong. */
    public List<Violation> seat(UUID guest) {
        var seat = Check.present(seats.get(guest));
        return of(seat, hosts, new GroupCheck(hosts, onHosts(seats.values())));
    }

    /** Every declared failure of the hosts as they are. */
    public List<Failure> failures() {
        return Failure.all(hosts.values());
    }

    /** Guests that the failure hits and that were promised to return. */
    public Set<UUID> due(Failure failure) {
        return fallen(failure.hosts(), failure::promised);
    }

    /** Guests that the loss of all of {@code lost} at once hits, and that were promised to survive the loss of so many. */
    public Set<UUID> due(Set<UUID> lost) {
        return fallen(
                lost,
                guest -> guest.rules().survives().stream()
                        .anyMatch(each -> each.over() == Domain.HOST && each.count() >= lost.size()));
    }

    /**
     * What is wrong with the claim that after the loss of the hosts {@code lost} the guests {@code due} return to {@code places},
     * all of them, while everyone on other hosts stays. Guests that nobody promised anything are gone.
     */
    public List<Violation> loss(Set<UUID> lost, Set<UUID> due, Map<UUID, Place> places) {
        var violations = new ArrayList<Violation>();
        for (var guest : due) {
            if (!places.containsKey(guest)) {
                violations.add(new Violation(Violation.Sort.RETURN, name(guest) + " doesn't return"));
            }
        }
        var left = new LinkedHashMap<>(hosts);
        left.keySet().removeAll(lost);
        var after = new ArrayList<Seat>();
        for (var seat : seats.values()) if (left.containsKey(seat.place().host())) after.add(seat);
        var returned = returned(lost, places, violations);
        after.addAll(returned);
        violations.addAll(RoomCheck.of(left, after));
        var known = after.stream()
                .filter(seat -> left.containsKey(seat.place().host()))
                .toList();
        var groups = new GroupCheck(left, known);
        for (var seat : returned) {
            var host = left.get(seat.place().host());
            if (host == null) continue;
            if (!host.open()) {
                violations.add(new Violation(
                        Violation.Sort.HOST,
                        "%s returns to host %s, which is closed".formatted(Words.name(seat.guest()), host.name())));
            }
            violations.addAll(of(seat, left, groups));
        }
        violations.addAll(apartFromReturned(known, returned, groups));
        return violations;
    }

    private List<Seat> returned(Set<UUID> lost, Map<UUID, Place> places, List<Violation> violations) {
        var returned = new ArrayList<Seat>();
        places.forEach((guest, place) -> {
            var seat = seats.get(guest);
            if (seat == null || !lost.contains(seat.place().host())) {
                violations.add(new Violation(Violation.Sort.RETURN, name(guest) + " returns and was not lost"));
            } else {
                returned.add(new Seat(seat.guest(), place));
            }
        });
        return returned;
    }

    /** A guest that stayed may want to be apart from one that returned, without the other way round. */
    private static List<Violation> apartFromReturned(List<Seat> all, List<Seat> returned, GroupCheck groups) {
        var back = new HashSet<>(returned);
        var violations = new ArrayList<Violation>();
        for (var seat : all) if (!back.contains(seat)) violations.addAll(groups.apart(seat, returned));
        return violations;
    }

    private Set<UUID> fallen(Set<UUID> lost, Predicate<Guest> promised) {
        var due = new HashSet<UUID>();
        for (var seat : seats.values()) {
            if (lost.contains(seat.place().host()) && promised.test(seat.guest()))
                due.add(seat.guest().id());
        }
        return due;
    }

    private List<Violation> of(Seat seat, Map<UUID, Host> at, GroupCheck groups) {
        var violations = new ArrayList<>(ShapeCheck.of(seat));
        var host = at.get(seat.place().host());
        if (host == null) return violations;
        violations.addAll(HostCheck.of(seat.guest(), host));
        violations.addAll(groups.of(seat));
        return violations;
    }

    private List<Seat> onHosts(Collection<Seat> all) {
        return all.stream()
                .filter(seat -> hosts.containsKey(seat.place().host()))
                .toList();
    }

    private String name(UUID guest) {
        var seat = seats.get(guest);
        return seat == null ? "guest " + guest : Words.name(seat.guest());
    }
}
