package regie.compute;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import regie.agent.contract.Claim;
import regie.kernel.Check;
import regie.kernel.Hold;
import regie.placement.Guest;
import regie.placement.Inventory;
import regie.placement.Place;
import regie.placement.Placer;
import regie.placement.Room;
import regie.placement.Rules;
import regie.placement.Slot;

/**
 * Best fit over vCPUs, memory and disk: of the hosts that may take a machine, the one that is left with the least. A group that
 * keeps apart goes first to the failure domain that holds the fewest of it. Which slots it gets there says {@link Placer}.
 */
final class Placement {
    private final List<Host> hosts;
    private final Map<UUID, Map<Slot, Long>> free = new HashMap<>();
    private final Map<UUID, Inventory> alone = new HashMap<>();
    private final Map<UUID, Claim> freeInAll = new HashMap<>();
    private final Map<String, Integer> addresses;
    private final Map<String, Map<String, Integer>> crowdByDomain = new HashMap<>();
    private final Map<String, Map<UUID, Integer>> crowds = new HashMap<>();

    Placement(Census census) {
        hosts = census.hosts().stream().sorted(Comparator.comparing(Host::name)).toList();
        for (var host : hosts) {
            free.put(host.server(), new HashMap<>(host.free()));
            freeInAll.put(host.server(), host.freeInAll());
        }
        addresses = new HashMap<>(census.addresses());
        census.crowds().forEach((group, crowd) -> crowds.put(group, new HashMap<>(crowd)));
    }

    /** Either a place, taken out of the room of its host, or why there is none. */
    record Choice(Optional<Place> place, List<Hold> holds) {}

    Choice choose(Machine machine) {
        var tally = new Tally();
        var claim = machine.shape().claim();
        Host best = null;
        Place bestPlace = null;
        long bestScore = Long.MAX_VALUE;
        for (var host : hosts) {
            if (!mayStand(host, machine, tally)) continue;
            if (!claim.fits(inAll(host))) {
                tally.no(Tally.FULL);
                continue;
            }
            long score = score(host, machine, claim);
            if (score >= bestScore) continue;
            var place = fit(host, machine);
            if (place.isEmpty()) {
                tally.no(Tally.FULL);
                continue;
            }
            if (!mayJoin(host, machine, tally)) continue;
            best = host;
            bestPlace = place.get();
            bestScore = score;
        }
        if (best == null || bestPlace == null)
            return new Choice(Optional.empty(), List.of(Holds.noRoom(tally.toString(hosts.size(), claim))));
        take(best, bestPlace);
        join(best, machine);
        return new Choice(Optional.of(bestPlace), List.of());
    }

    /**
     * Another host of the same site for a machine that runs, with its room taken, or why there is none. Its address belongs to
     * the site's network, so it goes with it there and no further.
     *
     * @param to name of the one host that it may go to; any where empty
     */
    Choice move(Machine machine, UUID from, Optional<String> to) {
        var source = hosts.stream()
                .filter(host -> host.server().equals(from))
                .findFirst()
                .orElseThrow();
        var claim = machine.shape().claim();
        var tally = new Tally();
        Host best = null;
        Place bestPlace = null;
        for (var host : hosts) {
            if (!mayReceive(source, host, to, machine, claim, tally)) continue;
            if (best != null && rank(source, host, machine, claim) >= rank(source, best, machine, claim)) continue;
            var place = fit(host, machine);
            if (place.isEmpty()) {
                tally.no(Tally.FULL);
                continue;
            }
            best = host;
            bestPlace = place.get();
        }
        if (best == null || bestPlace == null)
            return new Choice(Optional.empty(), List.of(Holds.noRoom(tally.toString(hosts.size(), claim))));
        take(best, bestPlace);
        return new Choice(Optional.of(bestPlace), List.of());
    }

    private boolean mayReceive(Host source, Host host, Optional<String> to, Machine machine, Claim claim, Tally tally) {
        if (to.filter(name -> !name.equals(host.name())).isPresent()) return tally.no(Tally.NOT_NAMED);
        if (host.equals(source)) return tally.no(Tally.SAME);
        if (!host.site().equals(source.site())) return tally.no(Tally.OTHER_SITE);
        if (!source.movesGuests() || !host.movesGuests()) return tally.no(Tally.MOVES_NONE);
        if (!host.open()) return tally.no(Tally.CLOSED);
        if (!claim.fits(inAll(host))) return tally.no(Tally.FULL);
        boolean shared =
                machine.spec().antiAffinity().filter(AntiAffinity::required).isPresent()
                        && others(source, host, machine) > 0;
        return !shared || tally.no(Tally.NOT_APART);
    }

    private long rank(Host source, Host host, Machine machine, Claim claim) {
        int itself = crowd(host, machine) - others(source, host, machine);
        return score(host, machine, claim) - ((long) itself << 40);
    }

    /** Those of its group that share the failure domain of {@code host}, without the machine itself. */
    private int others(Host source, Host host, Machine machine) {
        if (machine.spec().antiAffinity().isEmpty()) return 0;
        var over = machine.spec().antiAffinity().get().over();
        return crowd(host, machine) - (host.domain(over).equals(source.domain(over)) ? 1 : 0);
    }

    /**
     * Another place for {@code machine} on the host where it holds {@code held}, as its shape now wants it. Slot by slot the larger
     * of both is taken; empty where there is no room for that.
     */
    Optional<Place> resize(Machine machine, Place held) {
        var host =
                hosts.stream().filter(each -> each.server().equals(held.host())).findFirst();
        if (host.isEmpty()) return Optional.empty();
        var room = new HashMap<>(room(host.get()));
        held.takes().forEach(take -> room.merge(take.slot(), take.amount(), Long::sum));
        var place = fit(alone(host.get(), room), machine);
        place.ifPresent(chosen -> {
            give(host.get(), held);
            take(host.get(), Places.larger(held, chosen));
        });
        return place;
    }

    private Optional<Place> fit(Host host, Machine machine) {
        return fit(alone.computeIfAbsent(host.server(), _ -> alone(host, room(host))), machine);
    }

    /** The slots that it would get of that host by itself; its rules about other guests stand elsewhere. */
    private static Optional<Place> fit(Inventory alone, Machine machine) {
        var wanted = machine.shape().rules();
        var rules = Rules.NONE
                .requiring(wanted.requires())
                .inCountries(wanted.countries().toArray(String[]::new));
        var guest = new Guest(
                machine.uid(), machine.key().project(), "", machine.shape().size(), rules);
        return new Placer(alone).choose(guest).place();
    }

    /** That host and nothing else, with so much room. */
    private static Inventory alone(Host host, Map<Slot, Long> room) {
        var whole = host.room();
        var alone = new Inventory();
        alone.put(new regie.placement.Host(
                whole.id(),
                whole.name(),
                whole.location(),
                whole.labels(),
                true,
                whole.project(),
                whole.overcommitted(),
                room.entrySet().stream()
                        .map(free -> new Room(free.getKey(), free.getValue()))
                        .toList()));
        return alone;
    }

    private boolean mayStand(Host host, Machine machine, Tally tally) {
        var sites = machine.shape().rules().sites();
        if (!sites.isEmpty() && !sites.contains(host.site())) return tally.no(Tally.OTHER_SITE);
        return host.open() || tally.no(Tally.CLOSED);
    }

    private boolean mayJoin(Host host, Machine machine, Tally tally) {
        if (addresses.getOrDefault(host.site(), 0) == 0) return tally.no(Tally.NO_ADDRESS);
        boolean shared =
                machine.spec().antiAffinity().filter(AntiAffinity::required).isPresent() && crowd(host, machine) > 0;
        return !shared || tally.no(Tally.NOT_APART);
    }

    /** Crowd first, then what is left over, where a vCPU counts as much as 1,000 MiB of memory or 1,000 GiB of disk. */
    private long score(Host host, Machine machine, Claim claim) {
        var left = minus(inAll(host), claim);
        long waste = left.vcpus() * 1_000L + left.memoryMiB() + left.diskGiB();
        return ((long) crowd(host, machine) << 40) + Math.min(waste, (1L << 40) - 1);
    }

    private int crowd(Host host, Machine machine) {
        if (machine.spec().antiAffinity().isEmpty()) return 0;
        var over = machine.spec().antiAffinity().get().over();
        return domains(machine.group().orElseThrow(), over).getOrDefault(host.domain(over), 0);
    }

    private Map<String, Integer> domains(String group, AntiAffinity.Domain over) {
        return crowdByDomain.computeIfAbsent(group + " " + over, _ -> {
            var crowd = crowds.getOrDefault(group, Map.of());
            var counts = new HashMap<String, Integer>();
            for (var host : hosts) counts.merge(host.domain(over), crowd.getOrDefault(host.server(), 0), Integer::sum);
            return counts;
        });
    }

    private void take(Host host, Place place) {
        place.takes().forEach(take -> room(host).merge(take.slot(), -take.amount(), Long::sum));
        freeInAll.put(host.server(), Places.inAll(room(host)));
        alone.remove(host.server());
    }

    private void give(Host host, Place place) {
        place.takes().forEach(take -> room(host).merge(take.slot(), take.amount(), Long::sum));
    }

    private void join(Host host, Machine machine) {
        addresses.merge(host.site(), -1, Integer::sum);
        machine.group().ifPresent(group -> {
            for (var over : AntiAffinity.Domain.values())
                domains(group, over).merge(host.domain(over), 1, Integer::sum);
        });
    }

    private Map<Slot, Long> room(Host host) {
        return Check.present(free.get(host.server()));
    }

    private Claim inAll(Host host) {
        return Check.present(freeInAll.get(host.server()));
    }

    private static Claim minus(Claim room, Claim claim) {
        return new Claim(
                room.vcpus() - claim.vcpus(), room.memoryMiB() - claim.memoryMiB(), room.diskGiB() - claim.diskGiB());
    }

    /** How many hosts fell to which rule, in the order they fell. */
    private static final class Tally {
        static final int OTHER_SITE = 0;
        static final int CLOSED = 1;
        static final int FULL = 2;
        static final int NO_ADDRESS = 3;
        static final int NOT_APART = 4;
        static final int NOT_NAMED = 5;
        static final int SAME = 6;
        static final int MOVES_NONE = 7;
        private static final List<String> WORDS = List.of(
                "at another site",
                "not schedulable or not heard of",
                "too full",
                "at a site without a free address",
                "in a failure domain that already holds one of the group",
                "not the one that was named",
                "where it is already",
                "that can't be reached by running guests from its host");

        private final int[] counts = new int[WORDS.size()];

        boolean no(int why) {
            counts[why]++;
            return false;
        }

        String toString(int hosts, Claim claim) {
            var parts = new ArrayList<String>();
            for (int why = 0; why < counts.length; why++) {
                if (counts[why] > 0) parts.add("%d %s".formatted(counts[why], WORDS.get(why)));
            }
            return "no host for %s: of %d hosts %s"
                    .formatted(claim, hosts, parts.isEmpty() ? "none is there" : String.join(", ", parts));
        }
    }
}
