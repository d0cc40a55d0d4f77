package regie.compute;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.kernel.Check;
import regie.kernel.Hold;
import regie.placement.Gap;
import regie.placement.Guest;
import regie.placement.Inventory;
import regie.placement.Place;
import regie.placement.Placer;
import regie.placement.Resource;
import regie.placement.Survival;
import regie.placement.Take;

/** What one plan does to the {@link Occupancy}, to be taken back when the plan is made: what counts is what gets into the ledger. */
final class Placement {
    /** Hosts with reserved places that are looked at for one machine. */
    private static final int OFFERED_MAX = 8;

    private final Occupancy occupancy;
    private final Inventory inventory;
    private final Survival survival;
    private final Placer placer;
    private final FreeAddresses addresses;
    private final Fallen fallen;
    /** Members of fleets whose hosts are dead, by fleet: whoever replaces one may have the room that is held for it. */
    private final Map<UUID, Deque<UUID>> replaceable = new HashMap<>();

    private final Deque<Runnable> done = new ArrayDeque<>();
    /** Empty where guests came or went since it was counted. */
    private OptionalLong heldThreads = OptionalLong.empty();

    Placement(Census census) {
        this(census.occupancy(), census.addresses());
    }

    Placement(Occupancy occupancy, Map<String, Integer> addresses) {
        this.occupancy = occupancy;
        inventory = occupancy.inventory();
        survival = occupancy.survival();
        placer = new Placer(inventory);
        this.addresses = new FreeAddresses(occupancy, addresses);
        fallen = new Fallen(occupancy);
    }

    void replaceable(List<Machine> lost) {
        for (var member : lost)
            replaceable
                    .computeIfAbsent(member.fleet().orElseThrow(), _ -> new ArrayDeque<>())
                    .add(member.uid());
    }

    /**
     * Either a place, taken out of the room of its host, or why there is none.
     *
     * @param takenOver the reserved place that had to make room for it
     */
    record Choice(Optional<Place> place, List<Hold> holds, Optional<UUID> takenOver) {
        Choice(Optional<Place> place, List<Hold> holds) {
            this(place, holds, Optional.empty());
        }
    }

    Choice choose(Machine machine) {
        var wanted = machine.candidate();
        var sites = addresses.within(wanted.rules());
        if (sites.isEmpty()) return none(Holds.noAddress(wanted.rules().sites()));
        var guest = new Guest(wanted.id(), wanted.project(), wanted.group(), wanted.shape(), sites.get());
        var choice = survival.admit(guest);
        if (choice.place().isEmpty()) return none(Holds.noRoom(wanted.shape(), choice.why(), heldThreads()));
        heldThreads = OptionalLong.empty();
        done.push(() -> survival.unseat(guest.id()));
        addresses.take(choice.place().get());
        return new Choice(choice.place(), List.of());
    }

    /** As {@link #choose}, for a new member of a fleet: one that its dead host took along makes room for it. */
    Choice replace(Machine machine) {
        var gone = machine.fleet().flatMap(fleet -> Optional.ofNullable(replaceable.get(fleet)));
        if (gone.isEmpty() || gone.get().isEmpty()) return choose(machine);
        var wanted = machine.candidate();
        var before = gone.get().getFirst();
        if (!standing(before).filter(it -> alike(it, wanted)).isPresent()) return choose(machine);
        release(before);
        var choice = choose(machine);
        if (choice.place().isEmpty()) {
            undo();
            choice = fallen.place(before)
                    .filter(addresses::at)
                    .filter(this::fits)
                    .map(place -> inherit(before, wanted, place))
                    .orElse(choice);
        }
        if (choice.place().isEmpty()) return choice;
        gone.get().removeFirst();
        fallen.changed();
        return choice;
    }

    private static boolean alike(Guest one, Guest other) {
        return one.shape().equals(other.shape()) && one.rules().equals(other.rules());
    }

    private Choice inherit(UUID before, Guest guest, Place place) {
        release(before);
        return seated(guest, place);
    }

    /** Whatever it does to promises: the failure that they were made for has come. */
    private Choice seated(Guest guest, Place place) {
        heldThreads = OptionalLong.empty();
        survival.seat(guest, place);
        done.push(() -> survival.unseat(guest.id()));
        addresses.take(place);
        return new Choice(Optional.of(place), List.of());
    }

    /**
     * A place for a machine whose host is dead, at its site if possible: where it keeps every promise; else where a site keeps room
     * in reserve; else where room was held for it.
     */
    Choice recover(Machine machine) {
        var guest = asBefore(machine);
        var lost = machine.allocation().orElseThrow().held();
        var site = occupancy.host(lost.host()).site();
        addresses.give(lost); // its own
        release(machine.uid());
        var choice = survival.admit(guest, host -> at(host, site), "at another site");
        if (choice.place().isEmpty()) choice = survival.admit(guest, addresses::at, "without an address");
        if (choice.place().isPresent()) return admitted(guest, choice.place().get(), Optional.empty());
        var urgent = occupancy.reserved().isEmpty() ? Optional.<TakenOver>empty() : intoReserve(guest, open());
        if (urgent.isPresent()) return admitted(guest, urgent.get().place(), urgent.map(TakenOver::reserved));
        undo();
        var promised = fallen.place(machine.uid()).filter(addresses::at).filter(this::fits);
        if (promised.isPresent()) {
            release(machine.uid());
            fallen.changed();
            return seated(guest, promised.get());
        }
        addresses.take(lost);
        return none(Holds.noRoom(guest.shape(), choice.why(), heldThreads()));
    }

    private Choice admitted(Guest guest, Place place, Optional<UUID> takenOver) {
        heldThreads = OptionalLong.empty();
        fallen.changed();
        done.push(() -> survival.unseat(guest.id()));
        addresses.take(place);
        return new Choice(Optional.of(place), List.of(), takenOver);
    }

    /** In the shape that it had: another one comes once it runs. */
    static Guest asBefore(Machine machine) {
        return machine.candidate()
                .shaped(machine.allocation().orElseThrow().told().guest().shape());
    }

    private boolean at(regie.placement.Host host, String site) {
        return host.location().site().equals(site) && addresses.at(host);
    }

    /** Into what is held too. */
    private boolean fits(Place place) {
        return place.takes().stream()
                .allMatch(take -> inventory.free(place.host(), take.slot()) + inventory.held(place.host(), take.slot())
                        >= take.amount());
    }

    private Set<UUID> open() {
        return occupancy.hosts().stream()
                .filter(host -> host.room().open() && addresses.at(host.room()))
                .map(Host::server)
                .collect(Collectors.toSet());
    }

    /** A place and the reserved one whose room it has now. */
    record TakenOver(Place place, UUID reserved) {}

    /**
     * A place that was reserved for such a machine, the one that its own rules like best; empty where none is, or where those that
     * are don't suit it.
     *
     * @param by the project that reserved it; an empty text for a site
     */
    Optional<TakenOver> takeOver(Machine machine, String by) {
        var kept = occupancy.reserved(machine.key().project(), machine.spec().flavor());
        if (kept.isEmpty()) return Optional.empty();
        var wanted = machine.candidate();
        var sites = addresses.within(wanted.rules());
        if (sites.isEmpty()) return Optional.empty();
        var guest = new Guest(wanted.id(), wanted.project(), wanted.group(), wanted.shape(), sites.get());
        var offered = offered(guest, kept, by);
        if (offered.size() > 1)
            best(guest, offered).ifPresent(host -> offered.putFirst(host, Check.present(offered.remove(host))));
        for (var one : offered.sequencedEntrySet()) {
            release(one.getValue());
            var choice = survival.admit(guest, host -> host.id().equals(one.getKey()), "without a reserved place");
            if (choice.place().isPresent()) {
                done.push(() -> survival.unseat(guest.id()));
                addresses.take(choice.place().get());
                return Optional.of(new TakenOver(choice.place().get(), one.getValue()));
            }
            undo();
        }
        return Optional.empty();
    }

    /** By host one reserved place of the guest's shape, where the host itself lets the guest in. */
    private SequencedMap<UUID, UUID> offered(Guest guest, Collection<UUID> kept, String by) {
        var offered = new LinkedHashMap<UUID, UUID>();
        for (var place : kept) {
            if (offered.size() == OFFERED_MAX) break;
            var standing = standing(place).filter(it -> it.shape().equals(guest.shape()));
            if (standing.isEmpty()) continue; // taken by this very plan, or of another shape
            if (!standing.get().project().equals(by)) continue;
            var host = inventory.place(place).orElseThrow().host();
            if (!offered.containsKey(host) && placer.letsIn(guest, host)) offered.put(host, place);
        }
        return offered;
    }

    private Optional<Guest> standing(UUID place) {
        return inventory.guest(place);
    }

    /** The host that the guest would choose if the room of all these places were free. */
    private Optional<UUID> best(Guest guest, Map<UUID, UUID> offered) {
        int before = done.size();
        offered.values().forEach(this::release);
        var choice = survival.admit(guest, host -> offered.containsKey(host.id()), "without a reserved place");
        choice.place().ifPresent(_ -> survival.unseat(guest.id()));
        while (done.size() > before) undo();
        return choice.place().map(Place::host);
    }

    /** A place for nobody yet, taken out of the room of its host; addresses are nothing to it. */
    Choice reserve(Guest guest) {
        var choice = survival.admit(guest);
        if (choice.place().isEmpty()) return none(Holds.noRoom(guest.shape(), choice.why(), heldThreads()));
        heldThreads = OptionalLong.empty();
        done.push(() -> survival.unseat(guest.id()));
        return new Choice(choice.place(), List.of());
    }

    /** Makes the room of a reserved place free. */
    void release(UUID place) {
        var guest = standing(place).orElseThrow();
        var held = survival.unseat(place);
        heldThreads = OptionalLong.empty();
        done.push(() -> survival.seat(guest, held));
    }

    /** Takes back the newest thing that was done. */
    void undo() {
        heldThreads = OptionalLong.empty();
        done.pop().run();
    }

    /** Whether the host takes machines. */
    boolean open(UUID server) {
        return occupancy.host(server).room().open();
    }

    String name(UUID server) {
        return occupancy.host(server).name();
    }

    /** Of all hosts together. Many machines wait for the same room, so it is counted once for them. */
    private long heldThreads() {
        if (heldThreads.isEmpty()) {
            heldThreads = OptionalLong.of(survival.held().stream()
                    .flatMap(place -> place.takes().stream())
                    .filter(take -> take.slot().resource() == Resource.THREADS)
                    .mapToLong(Take::amount)
                    .sum());
        }
        return heldThreads.getAsLong();
    }

    private static Choice none(Hold hold) {
        return new Choice(Optional.empty(), List.of(hold));
    }

    /**
     * Another host of the same site for a machine that runs, with its room taken, or why there is none. Its address belongs to
     * the site's network, so it goes with it there and no further.
     *
     * @param to name of the one host that it may go to; any where empty
     * @param nodes the NUMA nodes of that host that it is to be on, if they still have the room; whichever suit where empty
     */
    Choice move(Machine machine, UUID from, Optional<String> to, Set<Integer> nodes) {
        var size = machine.shape().size();
        if (!size.gpus().isEmpty() || size.virtualFunctions() > 0)
            return none(Holds.moveWaits("what it has of its host's own cards can't go with it"));
        var bars = new MoveTargets(occupancy.hosts(), occupancy.host(from), to);
        var targets = Set.copyOf(bars.all());
        if (targets.isEmpty()) return none(Holds.noRoom(machine.shape().size(), bars.why()));
        var before = inventory.guest(machine.uid()).orElseThrow();
        var held = inventory.place(machine.uid()).orElseThrow();
        heldThreads = OptionalLong.empty();
        survival.unseat(machine.uid());
        var choice = survival.admit(machine.candidate(), host -> targets.contains(host.id()), bars.words());
        var urgent = choice.place().isEmpty() && !open(from)
                ? intoReserve(machine.candidate(), targets)
                : Optional.<TakenOver>empty();
        var place = choice.place().map(found -> onNodes(machine, found, nodes)).or(() -> urgent.map(TakenOver::place));
        place.ifPresent(_ -> survival.unseat(machine.uid()));
        survival.seat(before, held);
        if (place.isEmpty()) return none(Holds.noRoom(machine.shape().size(), choice.why()));
        var second = Occupancy.second(before);
        survival.seat(second, place.get());
        done.push(() -> survival.unseat(second.id()));
        return new Choice(place, List.of(), urgent.map(TakenOver::reserved));
    }

    /** What a site keeps in reserve is there for those whose host is to be left; then its place is gone, and the guest seated. */
    private Optional<TakenOver> intoReserve(Guest guest, Set<UUID> targets) {
        var hosts = new LinkedHashMap<UUID, UUID>();
        for (var place : new TreeSet<>(occupancy.reserved())) {
            var standing = standing(place).filter(it -> it.project().isEmpty());
            if (standing.isEmpty() || hosts.size() == OFFERED_MAX) continue;
            var host = inventory.place(place).orElseThrow().host();
            if (targets.contains(host) && placer.letsIn(guest, host)) hosts.putIfAbsent(host, place);
        }
        for (var one : hosts.entrySet()) {
            release(one.getValue());
            var choice = survival.admit(guest, host -> host.id().equals(one.getKey()), "without a reserved place");
            if (choice.place().isPresent())
                return Optional.of(new TakenOver(choice.place().get(), one.getValue()));
            undo();
        }
        return Optional.empty();
    }

    /** The same host, and of it the nodes that were planned for, where that keeps every promise; the machine has its place there. */
    private Place onNodes(Machine machine, Place found, Set<Integer> nodes) {
        if (nodes.isEmpty()) return found;
        survival.unseat(machine.uid());
        var guest = machine.candidate();
        var planned = placer.fit(guest.shape(), found.host(), nodes);
        if (planned.isPresent() && survival.admit(guest, planned.get())) return planned.get();
        survival.seat(guest, found);
        return found;
    }

    /**
     * Another place for {@code machine} on the host where it holds {@code held}, as its shape now wants it. Slot by slot the larger
     * of both is taken; empty where there is no room for that, or some promise would not be kept any more.
     */
    Optional<Place> resize(Machine machine, Place held) {
        var before = inventory.guest(machine.uid());
        if (before.isEmpty()) return Optional.empty();
        heldThreads = OptionalLong.empty();
        survival.unseat(machine.uid());
        var guest = machine.candidate();
        var place = placer.fit(guest.shape(), held.host());
        if (place.isEmpty() || !survival.admit(guest, Places.larger(held, place.get()))) {
            survival.seat(before.get(), held);
            return Optional.empty();
        }
        done.push(() -> {
            survival.unseat(machine.uid());
            survival.seat(before.get(), held);
        });
        return place;
    }

    List<Gap> gaps(UUID machine) {
        return occupancy.gaps(machine);
    }

    void takeBack() {
        while (!done.isEmpty()) undo();
    }
}
