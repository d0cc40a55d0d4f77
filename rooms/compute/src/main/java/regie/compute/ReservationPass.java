package regie.compute;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import regie.identity.ProjectSpec;
import regie.identity.Projects;
import regie.kernel.Chance;
import regie.kernel.Check;
import regie.kernel.Clock;
import regie.kernel.Declared;
import regie.kernel.Key;
import regie.kernel.Kind;
import regie.kernel.Resources;
import regie.kernel.Tx;
import regie.kernel.WorkQueue;
import regie.placement.Guest;
import regie.placement.Rules;

/** The shell around {@link ReservationPlanner}: take what was woken, look, plan, write it down. */
final class ReservationPass {
    private static final int TAKEN_MAX = 100;
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration POSTPONED_MAX = Duration.ofHours(1);
    private static final Duration POSTPONED_MIN = Duration.ofMillis(50);

    private final Resources resources;
    private final Picture picture;
    private final WorkQueue work;
    private final Clock clock;
    private final Chance chance;

    ReservationPass(Resources resources, Picture picture, WorkQueue work, Clock clock, Chance chance) {
        this.resources = resources;
        this.picture = picture;
        this.work = work;
        this.clock = clock;
        this.chance = chance;
    }

    /** What was woken, by the name of its kind. */
    record Batch(Map<String, List<WorkQueue.Item>> items) {
        boolean isEmpty() {
            return items.values().stream().allMatch(List::isEmpty);
        }

        boolean full() {
            return items.values().stream().anyMatch(some -> some.size() == TAKEN_MAX);
        }

        private List<WorkQueue.Item> of(Kind<?, ?> kind) {
            return items.getOrDefault(kind.name(), List.of());
        }
    }

    /** @param due kinds of which something is due */
    Batch take(Tx tx, Set<String> due) {
        return new Batch(Compute.RESERVING.stream()
                .filter(due::contains)
                .collect(Collectors.toMap(kind -> kind, kind -> work.take(tx, kind, TAKEN_MAX, LEASE))));
    }

    void carryOut(Tx tx, Batch batch) {
        Ledger.lock(tx);
        var wanted = new ArrayList<Reserving>();
        wanted.addAll(reservations(tx, batch.of(Compute.RESERVATION)));
        wanted.addAll(siteReserves(tx, batch.of(Compute.SITE_RESERVE)));
        wanted.sort(Comparator.comparing(Reserving::uid));
        var allowance = allowance(tx, wanted);
        var now = clock.now();
        var plan = picture.alone(occupancy -> {
            occupancy.catchUp(tx);
            return plan(occupancy, allowance, wanted, now);
        });
        Ledger.lockHosts(tx, hosts(plan));
        ReservationLedger.carryOut(tx, plan);
        show(tx, Compute.RESERVATION, plan);
        show(tx, Compute.SITE_RESERVE, plan);
        batch.items().forEach((kind, items) -> settle(tx, kind, items, plan, now));
    }

    private void show(Tx tx, Kind<?, ReservationStatus> kind, List<ReservationPlanner.Decision> plan) {
        var those = plan.stream()
                .filter(each -> each.wanted().key().kind().equals(kind.name()))
                .toList();
        resources.report(
                tx,
                kind,
                those.stream()
                        .collect(Collectors.toMap(each -> each.wanted().uid(), ReservationPlanner.Decision::status)));
        resources.finish(
                tx,
                kind,
                those.stream()
                        .map(ReservationPlanner.Decision::wanted)
                        .filter(Reserving::deleting)
                        .map(Reserving::uid)
                        .toList());
    }

    private List<Reserving> reservations(Tx tx, List<WorkQueue.Item> items) {
        if (items.isEmpty()) return List.of();
        var uids = items.stream().map(WorkQueue.Item::object).toList();
        var reservations = resources.byUid(tx, Compute.RESERVATION, uids);
        var flavors = named(
                tx, reservations.stream().map(each -> each.spec().flavor()).collect(Collectors.toSet()));
        var projects = projects(tx, reservations.stream().map(Declared::project).toList());
        var places = ReservationLedger.places(tx, uids);
        return reservations.stream()
                .map(each -> {
                    var flavor = Check.present(flavors.get(each.spec().flavor()));
                    var defaults =
                            Optional.ofNullable(projects.get(each.project())).flatMap(ProjectSpec::placement);
                    return new Reserving(
                            each.uid(),
                            each.key(),
                            each.deleting(),
                            Optional.of(each.spec().until()),
                            each.spec().count(),
                            new KeptFor(each.spec().flavor(), List.of(each.project())),
                            PlacementRules.pattern(each, flavor, defaults),
                            places.getOrDefault(each.uid(), List.of()));
                })
                .toList();
    }

    /** They belong to no project and to no quota. */
    private List<Reserving> siteReserves(Tx tx, List<WorkQueue.Item> items) {
        if (items.isEmpty()) return List.of();
        var uids = items.stream().map(WorkQueue.Item::object).toList();
        var reserves = resources.byUid(tx, Compute.SITE_RESERVE, uids);
        var flavors =
                named(tx, reserves.stream().map(each -> each.spec().flavor()).collect(Collectors.toSet()));
        var places = ReservationLedger.places(tx, uids);
        return reserves.stream()
                .map(each -> {
                    var shape = PlacementRules.shape(
                            Check.present(flavors.get(each.spec().flavor())));
                    return new Reserving(
                            each.uid(),
                            each.key(),
                            each.deleting(),
                            Optional.empty(),
                            each.spec().count(),
                            new KeptFor(each.spec().flavor(), each.spec().projects()),
                            new Guest(
                                    each.uid(),
                                    "",
                                    "",
                                    shape,
                                    Rules.NONE.atSites(each.spec().site())),
                            places.getOrDefault(each.uid(), List.of()));
                })
                .toList();
    }

    private Map<String, FlavorSpec> named(Tx tx, Set<String> flavors) {
        var keys = flavors.stream().map(name -> Compute.FLAVOR.key("", name)).collect(Collectors.toSet());
        return resources.named(tx, Compute.FLAVOR, keys).stream()
                .collect(Collectors.toMap(Declared::name, Declared::spec));
    }

    private Map<String, ProjectSpec> projects(Tx tx, Collection<String> names) {
        Set<Key> keys = names.stream().map(name -> Projects.KIND.key("", name)).collect(Collectors.toSet());
        return resources.named(tx, Projects.KIND, keys).stream()
                .collect(Collectors.toMap(Declared::name, Declared::spec));
    }

    private Allowance allowance(Tx tx, List<Reserving> wanted) {
        var names = wanted.stream().map(each -> each.pattern().project()).toList();
        var bounds = projects(tx, names).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, project -> Quota.bounds(project.getValue())));
        return Allowance.ofReserved(QuotaLedger.follow(tx, bounds));
    }

    private List<ReservationPlanner.Decision> plan(
            Occupancy occupancy, Allowance allowance, List<Reserving> wanted, Instant now) {
        var placement = new Placement(occupancy, Map.of());
        try {
            return wanted.stream()
                    .map(each -> ReservationPlanner.plan(each, placement, allowance, now, chance::uuid))
                    .toList();
        } finally {
            placement.takeBack();
        }
    }

    private static Set<UUID> hosts(List<ReservationPlanner.Decision> plan) {
        var servers = new HashSet<UUID>();
        for (var each : plan) {
            each.added().forEach(seat -> servers.add(seat.place().host()));
            var dropped = Set.copyOf(each.dropped());
            for (var place : each.wanted().places())
                if (place.free() && dropped.contains(place.place())) servers.add(place.server());
        }
        return servers;
    }

    /** What waits is looked at again by and by, what lasts when it ends; all else is done until it is woken. */
    private void settle(
            Tx tx, String kind, List<WorkQueue.Item> items, List<ReservationPlanner.Decision> plan, Instant now) {
        WorkQueue.lock(tx, kind, items);
        var decisions =
                plan.stream().collect(Collectors.toMap(each -> each.wanted().uid(), each -> each));
        var done = new ArrayList<WorkQueue.Item>();
        var later = new TreeMap<Duration, List<WorkQueue.Item>>();
        for (var item : items) {
            var decision = Optional.ofNullable(decisions.get(item.object())).filter(each -> !each.ended());
            var next = decision.flatMap(each -> next(each, item, now));
            if (next.isEmpty()) done.add(item);
            else later.computeIfAbsent(next.get(), _ -> new ArrayList<>()).add(item);
        }
        work.complete(tx, kind, done);
        later.forEach((delay, some) -> work.postpone(tx, kind, some, delay));
    }

    private static Optional<Duration> next(ReservationPlanner.Decision decision, WorkQueue.Item item, Instant now) {
        var end = decision.wanted().until().map(until -> bounded(Duration.between(now, until)));
        boolean waits =
                decision.status().waiting() > 0 || !decision.status().holds().isEmpty();
        if (!waits) return end;
        var soon = ComputeLoop.delay(item);
        return end.filter(until -> until.compareTo(soon) < 0).or(() -> Optional.of(soon));
    }

    private static Duration bounded(Duration left) {
        if (left.compareTo(POSTPONED_MIN) < 0) return POSTPONED_MIN;
        return left.compareTo(POSTPONED_MAX) > 0 ? POSTPONED_MAX : left;
    }
}
