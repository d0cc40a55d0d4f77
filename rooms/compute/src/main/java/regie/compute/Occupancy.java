package regie.compute;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.kernel.Check;
import regie.kernel.Tx;
import regie.placement.Gap;
import regie.placement.Guest;
import regie.placement.Inventory;
import regie.placement.Place;
import regie.placement.Rules;
import regie.placement.Survival;

/**
 * The hosts and who stands on them, in memory: read once, and then only what changed. It is what the ledger says at the moment of
 * {@link #catchUp}, so that each server of the room may have its own; a plan tries things out in it and takes them back.
 */
final class Occupancy {
    /** With more changes than that, all is proven anew at once rather than one after the other. */
    private static final int ONE_BY_ONE_MAX = 2_000;

    private static final long NOTHING_KNOWN = -1;

    /** Never changed, but replaced: whoever has got hold of it may go on reading it. */
    private Map<UUID, Host> hosts = Map.of();

    private Inventory inventory = new Inventory();
    private Survival survival = new Survival(inventory);
    private final ReservedPlaces reserved = new ReservedPlaces();
    private Map<UUID, List<Gap>> gaps = Map.of();
    private Map<UUID, List<Gap>> gapsTold = Map.of();
    private long revision = NOTHING_KNOWN;

    /**
     * A guest and what it holds of its host, as the ledger has it.
     *
     * @param keptFor where nobody stands there yet: who may take the place over
     */
    record Seat(Guest guest, Place held, Optional<KeptFor> keptFor) {
        Seat(Guest guest, Place held) {
            this(guest, held, Optional.empty());
        }
    }

    /** A machine on its way to another host has a second place, which counts for its group too and is promised nothing. */
    static Guest second(Guest guest) {
        return new Guest(second(guest.id()), guest.project(), guest.group(), guest.shape(), Rules.NONE);
    }

    private static UUID second(UUID guest) {
        return new UUID(~guest.getMostSignificantBits(), guest.getLeastSignificantBits());
    }

    /** Not from a ledger: what a test has written down. */
    static Occupancy of(Collection<Host> hosts, Collection<Seat> seats) {
        var occupancy = new Occupancy();
        occupancy.begin(hosts, seats);
        return occupancy;
    }

    /** Whether the ledger has changed since. */
    boolean isBehind(Tx tx) {
        return revision == NOTHING_KNOWN || LedgerChanges.newest(tx) > revision;
    }

    /**
     * Reads what has changed. Either under {@link Ledger#lock} or where all of {@code tx} is of one moment: as what changes is
     * committed in the order of its revisions, either sees all that came before what it sees.
     */
    void catchUp(Tx tx) {
        var since = LedgerChanges.since(tx, revision);
        revision = NOTHING_KNOWN; // should it fail on the way, the next time begins anew
        boolean anew = since.everything() || since.instances().size() > ONE_BY_ONE_MAX;
        if (anew) begin(Ledger.hosts(tx), Ledger.seats(tx));
        else follow(tx, since);
        revision = since.revision();
        gaps = survival.gaps().stream().collect(Collectors.groupingBy(Gap::guest));
    }

    /** Machines whose guarantee was lost, or came back, and who weren't told so yet; reservations are told with their hosts. */
    Set<UUID> untold() {
        var changed = new HashSet<>(gapsTold.keySet());
        changed.addAll(gaps.keySet());
        changed.removeIf(reserved::contains);
        changed.removeIf(
                guest -> Optional.ofNullable(gapsTold.get(guest)).equals(Optional.ofNullable(gaps.get(guest))));
        return changed;
    }

    /** All whose guarantee is lost, to be handed to {@link #told} once that is in the ledger. */
    Map<UUID, List<Gap>> allGaps() {
        return gaps;
    }

    void told(Map<UUID, List<Gap>> those) {
        gapsTold = those;
    }

    private void begin(Collection<Host> all, Collection<Seat> seats) {
        hosts = all.stream().collect(Collectors.toUnmodifiableMap(Host::server, host -> host));
        inventory = new Inventory();
        for (var host : all) inventory.put(host.room());
        reserved.clear();
        for (var seat : seats) {
            inventory.seat(seat.guest(), seat.held());
            reserved.add(seat);
        }
        survival = new Survival(inventory);
    }

    private void follow(Tx tx, LedgerChanges.Since since) {
        for (var instance : since.instances()) {
            leave(instance);
            leave(second(instance));
        }
        if (!since.servers().isEmpty()) followHosts(tx, since.servers());
        for (var seat : Ledger.seats(tx, since.instances())) {
            survival.seat(seat.guest(), seat.held());
            reserved.add(seat);
        }
    }

    private void leave(UUID guest) {
        if (inventory.place(guest).isPresent()) survival.unseat(guest);
        reserved.remove(guest);
    }

    private void followHosts(Tx tx, Set<UUID> servers) {
        var there = Ledger.hosts(tx, servers).stream().collect(Collectors.toMap(Host::server, host -> host));
        var now = new HashMap<>(hosts);
        for (var server : servers) {
            var host = Optional.ofNullable(there.get(server));
            if (host.isPresent()) {
                now.put(server, host.get());
                inventory.put(host.get().room());
            } else if (now.remove(server) != null) {
                inventory.drop(server);
            }
        }
        hosts = Map.copyOf(now);
        survival.recheck(servers);
    }

    Collection<Host> hosts() {
        return hosts.values();
    }

    Map<UUID, Host> byServer() {
        return hosts;
    }

    Host host(UUID server) {
        return Check.present(hosts.get(server));
    }

    /** Free places that a machine of this project and flavor may take over, always in the same order. */
    Collection<UUID> reserved(String project, String flavor) {
        return reserved.of(project, flavor);
    }

    /** All free places. */
    Set<UUID> reserved() {
        return reserved.all();
    }

    Inventory inventory() {
        return inventory;
    }

    Survival survival() {
        return survival;
    }

    /** Failures that a guest was promised to survive, and would not as things stand. */
    List<Gap> gaps(UUID guest) {
        return gaps.getOrDefault(guest, List.of());
    }
}
