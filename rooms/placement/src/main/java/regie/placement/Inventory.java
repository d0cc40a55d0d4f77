package regie.placement;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import regie.kernel.Check;

/**
 * All hosts, the guests on them, and what is free. Whoever uses it does so one thread at a time. What it is told must be so: that
 * a host gives more than it has, or that a guest is in two places, is our own bug and fails loudly ({@link Check}).
 */
public final class Inventory {
    private final Map<UUID, HostState> hosts = new HashMap<>();
    private final TreeMap<String, HostState> byName = new TreeMap<>();
    private final Map<List<Slot>, Layout> layouts = new HashMap<>();
    private final Map<UUID, Seat> seats = new HashMap<>();
    private final Domains domains = new Domains();
    private final Crowds crowds = new Crowds();
    private final HostIndex index = new HostIndex();
    private long changes;

    /** The same hosts with the same guests and the same held back; what is done to the one isn't done to the other. */
    public Inventory copy() {
        var copy = new Inventory();
        for (var state : byName.values()) {
            copy.put(state.host());
            for (int at = 0; at < state.held().length; at++) {
                if (state.held()[at] > 0)
                    copy.hold(state.host().id(), state.layout().slot(at), state.held()[at]);
            }
            for (var seat : state.seats()) copy.seat(seat.guest(), seat.place());
        }
        return copy;
    }

    /** Adds a host, or makes a known one what it is now; the guests on it stay. */
    public void put(Host host) {
        var known = hosts.get(host.id());
        var namesake = byName.get(host.name());
        Check.that(namesake == null || namesake == known, "host names are unique: " + host.name());
        if (known == null) add(host);
        else become(known, host);
        changes++;
    }

    /** Forgets a host that has no guests. */
    public void drop(UUID host) {
        var state = state(host);
        Check.that(state.seats().isEmpty(), "a host that is dropped has no guests: " + state.name());
        domains.leave(state);
        hosts.remove(host);
        byName.remove(state.name());
        index.stale();
        changes++;
    }

    /** Gives {@code guest} its place, as it was chosen here or anywhere else. */
    public void seat(Guest guest, Place place) {
        take(guest, place);
    }

    Seat take(Guest guest, Place place) {
        if (seats.containsKey(guest.id())) throw Check.failed("a guest has one place: " + guest.id());
        var seat = new Seat(guest, state(place.host()), place);
        seat.host().claim(seat);
        index.changed(seat.host(), seat.positions());
        seats.put(guest.id(), seat);
        crowds.enter(guest, seat.host());
        changes++;
        return seat;
    }

    /** Takes the guest off its host. */
    public Place unseat(UUID guest) {
        var seat = Check.present(seats.remove(guest));
        seat.host().release(seat);
        index.changed(seat.host(), seat.positions());
        crowds.leave(seat.guest(), seat.host());
        changes++;
        return seat.place();
    }

    /** Keeps so much of a slot back from new guests, instead of what was held there before. */
    public void hold(UUID host, Slot slot, long amount) {
        Check.that(amount >= 0, "what is held is not negative");
        var state = state(host);
        int position = state.layout().position(slot);
        Check.that(position != Layout.MISSING, "what is held is there");
        hold(state, position, amount);
    }

    void hold(HostState host, int position, long amount) {
        host.hold(position, amount);
        index.changed(host, position);
        changes++;
    }

    public Optional<Host> host(UUID host) {
        return Optional.ofNullable(hosts.get(host)).map(HostState::host);
    }

    /** By name. */
    public List<Host> hosts() {
        return byName.values().stream().map(HostState::host).toList();
    }

    public Optional<Guest> guest(UUID guest) {
        return Optional.ofNullable(seats.get(guest)).map(Seat::guest);
    }

    public Optional<Place> place(UUID guest) {
        return Optional.ofNullable(seats.get(guest)).map(Seat::place);
    }

    /** The host that a guest is on. */
    public Optional<Host> hostOf(UUID guest) {
        return Optional.ofNullable(seats.get(guest)).map(seat -> seat.host().host());
    }

    /** Those on one host, in no order. */
    public List<Guest> guests(UUID host) {
        return state(host).seats().stream().map(Seat::guest).toList();
    }

    /** Every guest that has a place, in no order. */
    public List<Guest> guests() {
        return seats.values().stream().map(Seat::guest).toList();
    }

    /** What of a slot is neither a guest's nor held; 0 where the host has no such slot. */
    public long free(UUID host, Slot slot) {
        return at(state(host), slot, state(host).free());
    }

    public long claimed(UUID host, Slot slot) {
        return at(state(host), slot, state(host).claimed());
    }

    public long held(UUID host, Slot slot) {
        return at(state(host), slot, state(host).held());
    }

    /** Grows with every change. */
    long changes() {
        return changes;
    }

    HostState state(UUID host) {
        var state = hosts.get(host);
        if (state == null) throw Check.failed("the host is known: " + host);
        return state;
    }

    /** By name. */
    Collection<HostState> states() {
        return Collections.unmodifiableCollection(byName.values());
    }

    Optional<Seat> seatOf(UUID guest) {
        return Optional.ofNullable(seats.get(guest));
    }

    Domains domains() {
        return domains;
    }

    HostIndex index() {
        return index;
    }

    Crowds crowds() {
        return crowds;
    }

    private void add(Host host) {
        var state = new HostState(host, layout(host));
        hosts.put(host.id(), state);
        byName.put(host.name(), state);
        state.domains(domains.join(state));
        index.stale();
    }

    private void become(HostState state, Host host) {
        if (state.host().opened(host.open()).equals(host)) {
            state.open(host);
            index.opened(state);
            return;
        }
        index.stale();
        boolean moves = !state.host().location().equals(host.location());
        if (moves) {
            for (var seat : state.seats()) crowds.leave(seat.guest(), state);
            domains.leave(state);
        }
        byName.remove(state.name());
        state.become(host, layout(host));
        byName.put(host.name(), state);
        if (moves) {
            state.domains(domains.join(state));
            for (var seat : state.seats()) crowds.enter(seat.guest(), state);
        }
    }

    /** Hosts with the same slots share one layout; those that nobody uses any more are thrown away in time. */
    private Layout layout(Host host) {
        if (layouts.size() > 2 * hosts.size() + 16) {
            var used = new java.util.HashSet<Layout>();
            for (var state : hosts.values()) used.add(state.layout());
            layouts.values().retainAll(used);
        }
        return layouts.computeIfAbsent(host.rooms().stream().map(Room::slot).toList(), Layout::new);
    }

    private static long at(HostState state, Slot slot, long[] vector) {
        int position = state.layout().position(slot);
        return position == Layout.MISSING ? 0 : vector[position];
    }
}
