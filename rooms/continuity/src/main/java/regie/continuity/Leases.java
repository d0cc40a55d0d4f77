package regie.continuity;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import regie.agent.lease.Answer;
import regie.agent.lease.LeaseProfile;
import regie.agent.lease.PossibleTerms;
import regie.agent.lease.Refused;
import regie.agent.lease.RunOut;
import regie.agent.lease.Terms;
import regie.compute.Deaths;
import regie.compute.Watched;
import regie.continuity.LeaseLedger.Condemned;
import regie.continuity.LeaseLedger.LeaseHost;
import regie.estate.ServerSpec;
import regie.estate.Servers;
import regie.kernel.Actor;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Fault;
import regie.kernel.Hints;
import regie.kernel.Resources;
import regie.kernel.Tx;

/**
 * The room's part in leases, one for each server of the room: makes terms, spreads whom to refuse, hears who misses whom, and holds the
 * proof together. All servers do the same by one ledger. A pass comes five times a second: a grant needs a list that was read within
 * the last one.
 */
public final class Leases implements Evidence, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
    private static final long PASS_MILLIS = 200;
    /** Every so many passes: what changes rarely. */
    private static final int PASSES_PER_ROUND = 5;
    /** Who votes for whom is settled once no host came or went for so many rounds; at the latest after so many more. */
    private static final int QUIET_ROUNDS = 2;

    private static final int ROUNDS_MAX = 10;

    private final Database database;
    private final Resources resources;
    private final Hints hints;
    private final LeaseDesk desk;
    private final ScheduledExecutorService thread;

    private volatile Map<UUID, String> names = Map.of();
    private volatile LeaseView view = LeaseView.NOTHING;
    private final Map<Long, RunOut> runOuts = new HashMap<>();
    private final Map<Long, String> proofs = new HashMap<>();
    /** Of hosts that attended here: those of whom this server wrote down that the room misses them. */
    private final Set<Ear> missedHere = new HashSet<>();

    private Map<String, LeaseHost> hosts = Map.of();
    private Set<Ear> ears = Set.of();
    private int passes;
    private int rounds;
    private int quiet;

    private Leases(Database database, Resources resources, Hints hints, LeaseDesk desk) {
        this.database = database;
        this.resources = resources;
        this.hints = hints;
        this.desk = desk;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("leases").daemon().factory());
    }

    /** @param name of this server of the room: no other one's, and none it had before */
    public static Leases start(Database database, Resources resources, Hints hints, Clock clock, String name) {
        long start = clock.nanos();
        var leases = new Leases(database, resources, hints, new LeaseDesk(name, () -> clock.nanos() - start));
        var _ = leases.thread.scheduleWithFixedDelay(leases::guarded, 0, PASS_MILLIS, TimeUnit.MILLISECONDS);
        return leases;
    }

    public LeaseDesk desk() {
        return desk;
    }

    private void guarded() {
        try {
            pass();
        } catch (Fault gone) {
            LOG.warn("leases: no grants until the database answers: {}", gone.getMessage());
        } catch (RuntimeException flaw) {
            LOG.error("leases: a pass failed and is tried again", flaw);
        }
    }

    private void pass() {
        boolean round = passes++ % PASSES_PER_ROUND == 0;
        if (!round && !desk.attended()) return;
        long asked = desk.nanos();
        if (round) database.change(Actor.ROOM, tx -> LeaseLedger.speak(tx, desk.name()));
        var page = database.read(LeaseLedger::page);
        desk.read(page.refusals(), asked);
        if (round) round();
        listen(page);
        prove(page);
    }

    /** What changes rarely: who is there, and by what terms each counts. */
    private void round() {
        if (desk.paceChanged()) desk.visitors().forEach(this::tell);
        var able = desk.takeAble();
        try {
            var made = database.transact(Actor.ROOM, tx -> terms(tx, able));
            able.keySet().forEach(this::tell);
            made.forEach(desk::tell);
        } catch (RuntimeException failed) {
            desk.putBack(able);
            throw failed;
        }
    }

    private void tell(String host) {
        var known = hosts.get(host);
        if (known != null) desk.tell(known.possible().newest());
    }

    private List<Terms> terms(Tx tx, Map<String, LeaseDesk.Able> able) {
        var condemned = LeaseLedger.hold(tx);
        var known = new HashMap<>(LeaseLedger.hosts(tx));
        var watched = Deaths.watched(tx).stream().collect(Collectors.toMap(Watched::name, Function.identity()));
        var gone = new HashSet<>(known.keySet());
        gone.removeAll(watched.keySet());
        if (!gone.isEmpty()) LeaseLedger.forget(tx, gone);
        known.keySet().removeAll(gone);
        boolean changed = !gone.isEmpty();
        for (var each : able.entrySet()) changed |= arrive(tx, known, each.getKey(), each.getValue());
        desk.settled().forEach((host, number) -> settle(tx, known, host, number));
        var made = isDue(changed) ? make(tx, known, watched, condemned) : List.<Terms>of();
        hosts = known;
        ears = LeaseLedger.ears(tx);
        return made;
    }

    /** @return whether neighbours have to hear of it */
    private static boolean arrive(Tx tx, Map<String, LeaseHost> known, String host, LeaseDesk.Able able) {
        var old = Optional.ofNullable(known.get(host));
        if (old.isEmpty() && able.equals(LeaseDesk.Able.NOT)) return false;
        var possible = old.map(LeaseHost::possible).orElse(PossibleTerms.none(host));
        // Without terms of its own it counts by none, whatever it was handed once.
        if (able.terms() == 0 && possible.newest().number() > 0) possible = possible.lost();
        long number = Math.max(able.terms(), old.map(LeaseHost::number).orElse(0L));
        var now = new LeaseHost(host, able.holds(), able.tunnel(), number, possible);
        if (old.equals(Optional.of(now))) return false;
        known.put(host, now);
        LeaseLedger.keep(tx, now);
        return true;
    }

    private static void settle(Tx tx, Map<String, LeaseHost> known, String host, long number) {
        var old = known.get(host);
        if (old == null || number == 0) return;
        var possible = old.possible().settled(number);
        if (possible.equals(old.possible())) return;
        var now = new LeaseHost(host, old.holds(), old.tunnel(), old.number(), possible);
        known.put(host, now);
        LeaseLedger.keep(tx, now);
    }

    /** While agents come one after the other nobody's voters are chosen again for each. */
    private boolean isDue(boolean changed) {
        quiet = changed ? 0 : quiet + 1;
        rounds++;
        if (quiet < QUIET_ROUNDS && rounds < ROUNDS_MAX) return false;
        rounds = 0;
        return true;
    }

    private List<Terms> make(Tx tx, Map<String, LeaseHost> known, Map<String, Watched> watched, Set<String> condemned) {
        var places = places(tx, known.keySet(), watched);
        var told = new HashSet<>(desk.visitors());
        told.removeAll(condemned);
        var made = LeaseTerms.plan(known.values(), places, told);
        for (var terms : made) {
            var old = regie.kernel.Check.present(known.get(terms.host()));
            var now = new LeaseHost(
                    terms.host(),
                    old.holds(),
                    old.tunnel(),
                    terms.number(),
                    old.possible().with(terms));
            known.put(terms.host(), now);
            LeaseLedger.keep(tx, now);
        }
        return made;
    }

    private Map<String, LeaseTerms.Place> places(Tx tx, Collection<String> names, Map<String, Watched> watched) {
        var uids = names.stream()
                .flatMap(name -> Optional.ofNullable(watched.get(name)).stream())
                .map(Watched::server)
                .toList();
        var places = new HashMap<String, LeaseTerms.Place>();
        for (var server : resources.byUid(tx, Servers.KIND, uids)) {
            var spec = server.spec();
            boolean dead = Optional.ofNullable(watched.get(server.name()))
                    .filter(Watched::dead)
                    .isPresent();
            places.put(
                    server.name(),
                    new LeaseTerms.Place(spec.site(), spec.rack().orElse(""), profile(spec.lease()), !dead));
        }
        return places;
    }

    private static LeaseProfile profile(ServerSpec.Lease declared) {
        return switch (declared) {
            case SAFE -> LeaseProfile.SAFE;
            case FAST -> LeaseProfile.FAST;
            case NONE -> LeaseProfile.NONE;
        };
    }

    /** Who hears whom, as far as it is known here, is written down where it is new. */
    private void listen(LeaseLedger.Page page) {
        var news = news(page);
        var missed = page.missed();
        if (!news.isEmpty()) {
            missed = database.transact(Actor.ROOM, tx -> {
                news.forEach((ear, misses) -> LeaseLedger.hears(tx, ear, misses, silentMillis(ear, misses)));
                ears = LeaseLedger.ears(tx);
                return LeaseLedger.page(tx).missed();
            });
            news.forEach((ear, misses) -> {
                if (misses && ear.listener().equals(Answer.ROOM)) missedHere.add(ear);
                else missedHere.remove(ear);
            });
        }
        boolean wake = !missed.keySet().equals(view.missed().keySet());
        view = new LeaseView(ears, missed, possible());
        if (wake) hints.raise(Deaths.TOPIC);
    }

    /** Where it is written down no more that the room misses a host, another server hears it: this one has no say any more. */
    private Map<Ear, Boolean> news(LeaseLedger.Page page) {
        var news = new HashMap<Ear, Boolean>();
        desk.ears().forEach((ear, misses) -> {
            boolean missed = page.missed().containsKey(ear);
            if (misses && !missed && missedHere.remove(ear)) desk.forget(ear.host());
            else if (misses != missed || !ears.contains(ear)) news.put(ear, misses);
        });
        return news;
    }

    /** The room knows when it heard a host last; its neighbours say only that they miss it. */
    private long silentMillis(Ear ear, boolean misses) {
        return misses && ear.listener().equals(Answer.ROOM) ? desk.silentMillis(ear.host()) : 0;
    }

    private Map<String, PossibleTerms> possible() {
        return hosts.values().stream().collect(Collectors.toMap(LeaseHost::name, LeaseHost::possible));
    }

    private void prove(LeaseLedger.Page page) {
        var open = page.condemned().stream().map(Condemned::verdict).collect(Collectors.toSet());
        synchronized (proofs) {
            proofs.keySet().retainAll(open);
        }
        runOuts.keySet().retainAll(open);
        begin(page.condemned().stream()
                .filter(each -> !runOuts.containsKey(each.verdict()))
                .toList());
        var promises = desk.takePromises();
        for (var promise : promises) heard(promise);
        page.promises().forEach(this::heard);
        var news = promises.stream().filter(promise -> isNew(promise, page)).toList();
        if (!news.isEmpty())
            database.change(Actor.ROOM, tx -> news.forEach(promise -> LeaseLedger.promised(tx, promise)));
        for (var each : page.condemned()) conclude(each);
    }

    private static boolean isNew(Refused promise, LeaseLedger.Page page) {
        return page.condemned().stream().anyMatch(each -> each.verdict() == promise.condemnation())
                && page.promises().stream()
                        .noneMatch(known ->
                                known.by().equals(promise.by()) && known.condemnation() == promise.condemnation());
    }

    /** What a condemned host may go by, and who may grant to it. */
    private record Known(Map<String, LeaseHost> hosts, Set<String> voices) {}

    /**
     * What is read now was committed before: whatever was written after the condemnation is not told to the condemned, and who may
     * grant from then on has read of it.
     */
    private void begin(List<Condemned> fresh) {
        if (fresh.isEmpty()) return;
        var known = database.read(tx -> new Known(LeaseLedger.hosts(tx), LeaseLedger.voices(tx)));
        var all = new HashSet<>(known.voices());
        all.add(desk.name());
        for (var each : fresh) {
            var possible = Optional.ofNullable(known.hosts().get(each.name()))
                    .map(LeaseHost::possible)
                    .orElse(PossibleTerms.none(each.name()));
            runOuts.put(each.verdict(), new RunOut(each.name(), each.verdict(), possible, all, desk.nanos()));
        }
    }

    private void heard(Refused promise) {
        var runOut = runOuts.get(promise.condemnation());
        if (runOut != null) runOut.heard(promise, desk.nanos());
    }

    private void conclude(Condemned condemned) {
        var runOut = runOuts.get(condemned.verdict());
        if (runOut == null || !runOut.proven(desk.nanos())) return;
        if (!view.leased(condemned.name())) return; // it has come without its terms meanwhile
        synchronized (proofs) {
            if (proofs.containsKey(condemned.verdict())) return;
            proofs.put(
                    condemned.verdict(),
                    "its lease has run out: the room and its neighbours have granted it nothing for longer than it lasts");
        }
        LOG.info("the lease of {} has run out", condemned.name());
        hints.raise(Deaths.TOPIC);
    }

    @Override
    public Map<UUID, Suspicion> suspicions(List<Watched> all) {
        var now = view;
        var named = all.stream().collect(Collectors.toMap(Watched::name, Function.identity()));
        names = all.stream().collect(Collectors.toMap(Watched::server, Watched::name));
        var missed = new HashMap<UUID, Suspicion>();
        for (var host : all) now.suspicion(host, named).ifPresent(suspicion -> missed.put(host.server(), suspicion));
        return missed;
    }

    @Override
    public Set<String> late() {
        return desk.late();
    }

    @Override
    public Set<UUID> leased(List<UUID> servers) {
        var now = view;
        return servers.stream()
                .filter(server -> Optional.ofNullable(names.get(server))
                        .filter(now::leased)
                        .isPresent())
                .collect(Collectors.toSet());
    }

    @Override
    public void condemned(Tx tx, Map<UUID, Long> condemned) {
        var names = Deaths.watched(tx).stream().collect(Collectors.toMap(Watched::server, Watched::name));
        LeaseLedger.hold(tx);
        LeaseLedger.condemn(tx, condemned, names);
    }

    @Override
    public Optional<String> ranOut(UUID server, long verdict) {
        synchronized (proofs) {
            return Optional.ofNullable(proofs.get(verdict));
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) thread.shutdownNow();
        } catch (InterruptedException interrupted) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
