package regie.placement.checker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import regie.kernel.Check;
import regie.placement.Apart;
import regie.placement.Cpu;
import regie.placement.Domain;
import regie.placement.Guest;
import regie.placement.Host;
import regie.placement.Inventory;
import regie.placement.Location;
import regie.placement.Placer;
import regie.placement.Room;
import regie.placement.Rules;
import regie.placement.Shape;
import regie.placement.Slot;
import regie.placement.Survives;

/**
 * A large estate, as benchmarks want it: five sites, racks of twenty hosts with two NUMA nodes, and fleets of twenty equal guests
 * that are to survive the loss of a host, of a rack and of a site. Half of the fleets keep their members on different hosts, a
 * quarter in different racks.
 */
public final class SurvivalEstate {
    private static final int SITES = 5;
    private static final int HOSTS_OF_RACK = 20;
    private static final int RACKS_OF_ROOM = 10;
    private static final int FLEET = 20;
    private static final int NODES = 2;
    private static final int THREADS_OF_NODE = 32;
    private static final long MEMORY_OF_NODE = 256 * 1024;
    private static final List<Survives> SURVIVES =
            List.of(new Survives(Domain.HOST, 1), new Survives(Domain.RACK, 1), new Survives(Domain.SITE, 1));

    private final Dice dice;
    private final List<Host> hosts = new ArrayList<>();
    private final List<Guest> guests = new ArrayList<>();
    private int fleets;

    public SurvivalEstate(int hosts, int guests, long seed) {
        dice = new Dice(new SplittableRandom(seed));
        for (int at = 0; at < hosts; at++) this.hosts.add(host(at));
        while (this.guests.size() < guests) this.guests.addAll(fleet(Math.min(FLEET, guests - this.guests.size())));
    }

    private Host host(int number) {
        int site = number % SITES;
        int rack = number / SITES / HOSTS_OF_RACK;
        var name = "site" + site;
        var room = name + "-r" + rack / RACKS_OF_ROOM;
        var location = new Location(name, "FR", room, room + "-k" + rack, List.of(room + "-a", room + "-b"), "");
        var rooms = List.of(
                new Room(Slot.threads(0), THREADS_OF_NODE),
                new Room(Slot.threads(1), THREADS_OF_NODE),
                new Room(Slot.memory(0), MEMORY_OF_NODE),
                new Room(Slot.memory(1), MEMORY_OF_NODE),
                new Room(Slot.disk("local"), 8_000),
                new Room(Slot.bandwidth(), 25_000));
        return new Host(dice.id(), "host-" + number, location, Map.of(), true, Optional.empty(), false, rooms);
    }

    private List<Guest> fleet(int members) {
        var shape = shape();
        int kind = fleets % 4;
        var rules =
                kind == 3 ? Rules.NONE : Rules.NONE.withApart(new Apart(kind == 2 ? Domain.RACK : Domain.HOST, true));
        rules = rules.surviving(SURVIVES.toArray(Survives[]::new));
        var group = "fleet-" + fleets++;
        var fleet = new ArrayList<Guest>();
        // Members in different racks need other racks to return to.
        int racks = hosts.size() / HOSTS_OF_RACK;
        int most = kind == 2 ? Math.max(1, Math.min(members, racks / 2)) : members;
        for (int at = 0; at < most; at++) fleet.add(new Guest(dice.id(), "shop", group, shape, rules));
        return fleet;
    }

    private Shape shape() {
        int vcpus = dice.of(List.of(1, 2, 2, 4, 4, 4, 8));
        long memory = vcpus * 1024L * dice.of(List.of(2, 4, 8));
        return new Shape(vcpus, memory, 0, 0, 20L * vcpus, "", List.of(), false, 0, 100, Cpu.SHARED);
    }

    public List<Host> hosts() {
        return List.copyOf(hosts);
    }

    /** Hosts and guests, each placed as the placer says, and no survival looked at. */
    public void fill(Inventory inventory) {
        hosts.forEach(inventory::put);
        var placer = new Placer(inventory);
        for (var guest : guests) {
            var place = placer.choose(guest).place();
            Check.that(place.isPresent(), "the estate is large enough");
            inventory.seat(guest, place.get());
        }
    }

    /** One more guest of a fleet of its own. */
    public Guest another() {
        return fleet(1).getFirst();
    }

    /**
     * Threads of all hosts together.
     *
     * @param sold what guests have
     * @param bound the least that has to be held, however it is done: after the loss of a site all its guests' threads are on the
     *     other sites
     */
    public record Held(long total, long sold, long held, long bound) {}

    public Held held(Inventory inventory) {
        long total = 0;
        long held = 0;
        var sold = new long[SITES];
        for (int at = 0; at < hosts.size(); at++) {
            var host = hosts.get(at).id();
            for (int node = 0; node < NODES; node++) {
                total += THREADS_OF_NODE;
                held += inventory.held(host, Slot.threads(node));
                sold[at % SITES] += inventory.claimed(host, Slot.threads(node));
            }
        }
        long all = Arrays.stream(sold).sum();
        // What is held outside a site is at least what that site sold; over all sites, each held thread counts for all
        // but one.
        long most = Arrays.stream(sold).max().orElse(0);
        return new Held(total, all, held, Math.max(most, (all + SITES - 2) / (SITES - 1)));
    }
}
