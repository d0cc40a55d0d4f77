package regie.compute;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import regie.agent.contract.Claim;
import regie.kernel.Hold;

/**
 * Best fit over vCPUs, memory and disk: of the hosts that may take a machine, the one that is left with the least. A group that
 * keeps apart goes first to the failure domain that holds the fewest of it.
 */
final class Placement {
    private final List<Host> hosts;
    private final Map<UUID, Claim> free = new HashMap<>();
    private final Map<String, Integer> addresses;
    private final Map<String, Map<String, Integer>> crowdByDomain = new HashMap<>();
    private final Map<String, Map<UUID, Integer>> crowds = new HashMap<>();

    Placement(Census census) {
        hosts = census.hosts().stream().sorted(Comparator.comparing(Host::name)).toList();
        for (var host : hosts) free.put(host.server(), host.free());
        addresses = new HashMap<>(census.addresses());
        census.crowds().forEach((group, crowd) -> crowds.put(group, new HashMap<>(crowd)));
    }

    /** Either a host, with its room taken, or why there is none. */
    record Choice(Optional<Host> host, List<Hold> holds) {}

    Choice choose(Machine machine) {
        var claim = machine.shape().claim();
        var tally = new Tally();
        Host best = null;
        long bestScore = Long.MAX_VALUE;
        for (var host : hosts) {
            if (!mayTake(host, machine, claim, tally)) continue;
            long score = score(host, machine, claim);
            if (score < bestScore) {
                best = host;
                bestScore = score;
            }
        }
        if (best == null)
            return new Choice(Optional.empty(), List.of(Holds.noRoom(tally.toString(hosts.size(), claim))));
        take(best, machine, claim);
        return new Choice(Optional.of(best), List.of());
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
        for (var host : hosts) {
            if (!mayReceive(source, host, to, machine, claim, tally)) continue;
            if (best == null || rank(source, host, machine, claim) < rank(source, best, machine, claim)) best = host;
        }
        if (best == null)
            return new Choice(Optional.empty(), List.of(Holds.noRoom(tally.toString(hosts.size(), claim))));
        free.put(best.server(), minus(room(best), claim));
        return new Choice(Optional.of(best), List.of());
    }

    private boolean mayReceive(Host source, Host host, Optional<String> to, Machine machine, Claim claim, Tally tally) {
        if (to.filter(name -> !name.equals(host.name())).isPresent()) return tally.no(Tally.NOT_NAMED);
        if (host.equals(source)) return tally.no(Tally.SAME);
        if (!host.site().equals(source.site())) return tally.no(Tally.OTHER_SITE);
        if (!source.movesGuests() || !host.movesGuests()) return tally.no(Tally.MOVES_NONE);
        if (!host.open()) return tally.no(Tally.CLOSED);
        if (!claim.fits(room(host))) return tally.no(Tally.FULL);
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

    /** Takes {@code more} out of the room of the host where {@code machine} is already; false where it is not there. */
    boolean grow(UUID server, Claim before, Claim after) {
        var room = free.get(server);
        if (room == null || !after.fits(room.plus(before))) return false;
        free.put(server, minus(room.plus(before), after));
        return true;
    }

    private boolean mayTake(Host host, Machine machine, Claim claim, Tally tally) {
        if (machine.spec().site().filter(site -> !site.equals(host.site())).isPresent())
            return tally.no(Tally.OTHER_SITE);
        if (!host.open()) return tally.no(Tally.CLOSED);
        if (!claim.fits(room(host))) return tally.no(Tally.FULL);
        if (addresses.getOrDefault(host.site(), 0) == 0) return tally.no(Tally.NO_ADDRESS);
        boolean shared =
                machine.spec().antiAffinity().filter(AntiAffinity::required).isPresent() && crowd(host, machine) > 0;
        return !shared || tally.no(Tally.NOT_APART);
    }

    /** Crowd first, then what is left over, where a vCPU counts as much as 1,000 MiB of memory or 1,000 GiB of disk. */
    private long score(Host host, Machine machine, Claim claim) {
        var left = minus(room(host), claim);
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

    private void take(Host host, Machine machine, Claim claim) {
        free.put(host.server(), minus(room(host), claim));
        addresses.merge(host.site(), -1, Integer::sum);
        machine.group().ifPresent(group -> {
            for (var over : AntiAffinity.Domain.values())
                domains(group, over).merge(host.domain(over), 1, Integer::sum);
        });
    }

    private Claim room(Host host) {
        return regie.kernel.Check.present(free.get(host.server()));
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
