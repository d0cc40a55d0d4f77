package regie.compute;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.kernel.Declared;
import regie.kernel.Key;
import regie.kernel.Resources;
import regie.kernel.Tx;
import regie.placement.Gap;
import regie.placement.Goal;
import regie.placement.Guest;
import regie.placement.Placer;
import regie.placement.Survival;

/**
 * What would come of emptying servers, and of doing without them for a while. Asked on a copy of what placement has in memory, as
 * often as need be; it changes nothing. What a drain does is planned in the same way, so what is foreseen here is what comes.
 *
 * <p>Belongs to the transaction that it was read in.
 */
public final class Evacuation {
    /** So many are looked at for one question; a server has no more. */
    private static final int MOVES_MAX = 10_000;

    private final Tx tx;
    private final Resources resources;
    private final Survival standing;
    private final Set<UUID> reserved;
    private final Map<UUID, Host> hosts;
    private final Set<Gap> gapsBefore;

    private Evacuation(Tx tx, Resources resources, Picture.Copy copy, Map<UUID, Host> hosts) {
        this.tx = tx;
        this.resources = resources;
        this.standing = copy.survival();
        this.reserved = copy.reserved();
        this.hosts = hosts;
        this.gapsBefore = Set.copyOf(standing.gaps());
    }

    public static Evacuation read(Tx tx, Resources resources, Picture picture) {
        var hosts = Ledger.hosts(tx).stream().collect(Collectors.toMap(Host::server, host -> host));
        return new Evacuation(tx, resources, picture.copy(tx), hosts);
    }

    /** @param to name of the server it would move to */
    public record Going(UUID instance, Key key, UUID from, String to) {}

    /** A machine that runs and would have to be stopped. */
    public record Staying(UUID instance, Key key, UUID from, String why) {}

    /**
     * @param goes in their order
     * @param stays those that can't be moved while they run
     * @param broken promises that hold now and would not without those servers, in words
     */
    public record Foreseen(List<Going> goes, List<Staying> stays, List<String> broken) {
        public Foreseen {
            goes = List.copyOf(goes);
            stays = List.copyOf(stays);
            broken = List.copyOf(broken);
        }
    }

    /** All of {@code servers} emptied and closed at once. Those that run no machines are no matter. */
    public Foreseen foresee(Set<UUID> servers) {
        var known = servers.stream().filter(hosts::containsKey).collect(Collectors.toSet());
        if (known.isEmpty()) return new Foreseen(List.of(), List.of(), List.of());
        return new Question(standing.copy(), known).answer();
    }

    private final class Question {
        private final Survival survival;
        private final Set<UUID> servers;
        private final Map<UUID, Declared<InstanceSpec, InstanceStatus>> machines = new HashMap<>();
        private final Set<String> broken = new TreeSet<>();

        Question(Survival survival, Set<UUID> servers) {
            this.survival = survival;
            this.servers = servers;
        }

        Foreseen answer() {
            var inventory = survival.inventory();
            for (var server : servers) inventory.host(server).ifPresent(host -> inventory.put(host.opened(false)));
            survival.recheck(servers);
            read(guests());
            var goes = goes();
            keepReserved();
            var stays = stays();
            var gaps = survival.gaps().stream()
                    .filter(gap -> !gapsBefore.contains(gap))
                    .toList();
            read(gaps.stream().map(Gap::guest).toList());
            for (var gap : gaps) broken.add("%s would not survive %s".formatted(name(gap.guest()), gap));
            return new Foreseen(goes, stays, List.copyOf(broken));
        }

        private List<UUID> guests() {
            return servers.stream()
                    .flatMap(server -> survival.inventory().guests(server).stream())
                    .map(Guest::id)
                    .toList();
        }

        private void read(Collection<UUID> guests) {
            var unknown = guests.stream()
                    .filter(guest -> !machines.containsKey(guest))
                    .toList();
            for (var machine : resources.byUid(tx, Compute.INSTANCE, unknown)) machines.put(machine.uid(), machine);
        }

        private List<Going> goes() {
            var plan = MovePlans.of(tx, survival, guest -> runs(guest.id()), MOVES_MAX)
                    .plan(new Goal.Evacuate(servers));
            var goes = new ArrayList<Going>();
            for (var move : plan.moves()) {
                var guest = survival.inventory().guest(move.guest()).orElseThrow();
                survival.unseat(guest.id());
                survival.seat(guest, move.to());
                var to = survival.inventory().host(move.to().host()).orElseThrow();
                goes.add(new Going(
                        guest.id(), machine(guest.id()).key(), move.from().host(), to.name()));
            }
            return goes;
        }

        private boolean runs(UUID guest) {
            return Optional.ofNullable(machines.get(guest))
                    .filter(Evacuation::mayRun)
                    .isPresent();
        }

        private Declared<InstanceSpec, InstanceStatus> machine(UUID guest) {
            return Optional.ofNullable(machines.get(guest)).orElseThrow();
        }

        /** Places that are kept free are kept elsewhere; where there is none, what they are for is given up. */
        private void keepReserved() {
            var lost = new HashSet<UUID>();
            for (var id : guests()) {
                if (!reserved.contains(id)) continue;
                var guest = survival.inventory().guest(id).orElseThrow();
                var place = survival.unseat(id);
                if (survival.admit(guest).place().isPresent()) continue;
                survival.seat(guest, place);
                lost.add(id);
            }
            if (lost.isEmpty()) return;
            tx.query(
                            """
                            select k.kind, k.name, k.project, count(*) as places from compute.reserved r
                              join kernel.resource k on k.uid = r.reservation
                             where r.place = any(:places) group by k.kind, k.project, k.name order by k.kind, k.project, k.name
                            """,
                            row -> "%d places of %s would have no room"
                                    .formatted(
                                            row.integer("places"),
                                            new Key(row.text("kind"), row.text("project"), row.text("name"))),
                            "places",
                            lost)
                    .forEach(broken::add);
        }

        private List<Staying> stays() {
            var stays = new ArrayList<Staying>();
            for (var id : guests()) {
                if (reserved.contains(id) || !runs(id)) continue;
                var from = survival.inventory().hostOf(id).orElseThrow().id();
                stays.add(new Staying(id, machine(id).key(), from, why(id, from)));
            }
            stays.sort(java.util.Comparator.comparing(staying -> staying.key().toString()));
            return stays;
        }

        private String why(UUID id, UUID server) {
            var host = Optional.ofNullable(hosts.get(server)).orElseThrow();
            var guest = survival.inventory().guest(id).orElseThrow();
            if (!guest.shape().gpus().isEmpty() || guest.shape().virtualFunctions() > 0)
                return "it uses cards of %s, which can't come along while it runs".formatted(host.name());
            if (!host.movesGuests()) return "%s can't hand over running machines".formatted(host.name());
            var place = survival.unseat(id);
            try {
                var choice = new Placer(survival.inventory()).choose(guest);
                if (choice.place().isEmpty()) return choice.why().toString();
                var admitted = survival.admit(
                        guest, other -> within(host, other), "at another site, or out of reach of its agent");
                if (admitted.place().isEmpty()) return admitted.why().toString();
                survival.unseat(id);
                return "others of its group need it where it is";
            } finally {
                survival.seat(guest, place);
            }
        }

        private boolean within(Host from, regie.placement.Host to) {
            return Optional.ofNullable(hosts.get(to.id()))
                    .filter(host -> host.movesGuests() && host.site().equals(from.site()))
                    .isPresent();
        }

        private String name(UUID guest) {
            return Optional.ofNullable(machines.get(guest))
                    .map(machine -> machine.project() + "/" + machine.name())
                    .orElse("a place that is kept free");
        }
    }

    /** Whether something of it may run: neither shut off, nor ended. */
    static boolean mayRun(Declared<InstanceSpec, InstanceStatus> machine) {
        return switch (machine.status().stage()) {
            case STOPPED, FAILED, PENDING -> false;
            case STARTING, RUNNING, STOPPING, LEAVING -> true;
        };
    }
}
