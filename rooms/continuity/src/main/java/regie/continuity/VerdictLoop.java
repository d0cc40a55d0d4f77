package regie.continuity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import regie.compute.Death;
import regie.compute.Deaths;
import regie.compute.Watched;
import regie.estate.ServerSpec;
import regie.estate.Servers;
import regie.kernel.Actor;
import regie.kernel.Chance;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Declared;
import regie.kernel.Draft;
import regie.kernel.Hints;
import regie.kernel.Loop;
import regie.kernel.Resources;
import regie.kernel.Selection;
import regie.kernel.Tx;

/**
 * The shell around {@link VerdictPlanner}: look, plan and write down in one transaction, in which nobody else plans or is heard anew;
 * then talk to controllers. What is written down and not done after a crash is done by the next pass, on whichever server of the room.
 */
public final class VerdictLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VerdictLoop.class);
    private static final int DEATHS_MAX = 10_000;
    /** What falls due later than this is found by the pass that comes anyway. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Database database;
    private final Resources resources;
    private final Evidence evidence;
    private final SwitchDesk desk;
    private final VerdictSettings settings;
    private final Clock clock;
    private final Chance chance;
    private volatile Runnable wakeAgain = () -> {};

    public VerdictLoop(
            Database database,
            Resources resources,
            Evidence evidence,
            Switches switches,
            VerdictSettings settings,
            Clock clock,
            Chance chance) {
        this.database = database;
        this.resources = resources;
        this.evidence = evidence;
        this.desk = new SwitchDesk(database, switches, clock);
        this.settings = settings;
        this.clock = clock;
        this.chance = chance;
    }

    public Loop start(Hints hints) {
        wakeAgain = () -> hints.raise(Deaths.TOPIC);
        return Loop.start("verdicts", hints, List.of(Deaths.TOPIC), this::pass);
    }

    /** What is to be said to controllers once it is written down that it will be. */
    private record Talks(List<Runnable> talks, boolean more) {}

    Loop.Pass pass() {
        if (!database.read(this::isConcerned)) return Loop.Pass.DONE;
        var talks = database.transact(Actor.ROOM, this::decide);
        talks.talks().forEach(Runnable::run);
        return talks.more() ? Loop.Pass.MORE : Loop.Pass.DONE;
    }

    private boolean isConcerned(Tx tx) {
        var hosts = Deaths.watched(tx);
        return !missed(tx, hosts).isEmpty()
                || !VerdictLedger.open(tx).isEmpty()
                || isToBeLifted(tx, hosts)
                || storms(tx).stream().anyMatch(storm -> storm.status().over().isEmpty());
    }

    /** Those that stay dead are refused on, and need no pass for it. */
    private static boolean isToBeLifted(Tx tx, List<Watched> hosts) {
        var refused = new HashSet<>(VerdictLedger.endedUnlifted(tx));
        for (var host : hosts) if (host.dead() || !host.heard()) refused.remove(host.server());
        return !refused.isEmpty();
    }

    /** Whoever is worked on may be without power on purpose: its silence is no news, and nothing runs on it. */
    private Map<UUID, Suspicion> missed(Tx tx, List<Watched> hosts) {
        var missed = new HashMap<>(evidence.suspicions(hosts));
        missed.keySet().removeAll(atWork(tx));
        return missed;
    }

    /** But for those that somebody gives machines again while they are worked on: what runs there may die there. */
    private Set<UUID> atWork(Tx tx) {
        var atWork = MaintenanceLedger.atWork(tx);
        if (atWork.isEmpty()) return atWork;
        return resources.byUid(tx, Servers.KIND, atWork).stream()
                .filter(server -> server.spec().state() != ServerSpec.State.SCHEDULABLE)
                .map(Declared::uid)
                .collect(Collectors.toSet());
    }

    private Talks decide(Tx tx) {
        Deaths.alone(tx);
        var now = clock.now();
        var hosts = Deaths.watched(tx);
        var suspicions = missed(tx, hosts);
        var wired = wired(tx, suspicions.keySet());
        var look = look(tx, now, hosts, suspicions, wired.keySet());
        var plan = VerdictPlanner.plan(look);
        plan.next().ifPresent(at -> wakeAgain(Duration.between(now, at)));
        var talks = new ArrayList<Runnable>();
        for (var step : plan.steps()) carryOut(tx, step, now, wired, talks);
        Deaths.concern(tx, plan.holds());
        Deaths.doubt(tx, plan.doubted());
        evidence.condemned(tx, VerdictLedger.condemned(tx));
        boolean more = plan.steps().stream().anyMatch(VerdictStep.Suspect.class::isInstance);
        return new Talks(talks, more);
    }

    /** A pass that comes for nothing does no harm, and one comes each second anyway. */
    private void wakeAgain(Duration in) {
        if (in.compareTo(SOON) < 0)
            CompletableFuture.delayedExecutor(in.toMillis() + 1, TimeUnit.MILLISECONDS)
                    .execute(wakeAgain);
    }

    private Map<UUID, Switches.Wired> wired(Tx tx, Set<UUID> servers) {
        var wired = new HashMap<UUID, Switches.Wired>();
        for (var server : resources.byUid(tx, Servers.KIND, servers))
            Switches.wired(server.name(), server.spec()).ifPresent(it -> wired.put(server.uid(), it));
        return wired;
    }

    private Look look(Tx tx, Instant now, List<Watched> hosts, Map<UUID, Suspicion> suspicions, Set<UUID> switches) {
        var verdicts = VerdictLedger.open(tx);
        var ranOut = new HashMap<UUID, String>();
        for (var verdict : verdicts)
            if (verdict.condemned().isPresent())
                evidence.ranOut(verdict.server(), verdict.number())
                        .ifPresent(proof -> ranOut.put(verdict.server(), proof));
        var storms = storms(tx);
        return new Look(
                now,
                hosts,
                suspicions,
                late(tx, hosts),
                verdicts,
                Set.copyOf(switches),
                evidence.leased(List.copyOf(suspicions.keySet())),
                ranOut,
                VerdictLedger.endedUnlifted(tx),
                storms.stream()
                        .filter(storm -> storm.status().over().isEmpty())
                        .map(storm -> new Look.Storm(
                                storm.name(),
                                storm.spec(),
                                storm.status().since().isPresent()))
                        .sorted(Comparator.comparing(Look.Storm::name))
                        .toList(),
                deaths(tx, now, storms),
                settings);
    }

    private Set<UUID> late(Tx tx, List<Watched> hosts) {
        var names = evidence.late();
        var late = hosts.stream()
                .filter(host -> names.contains(host.name()))
                .map(Watched::server)
                .collect(Collectors.toSet());
        late.removeAll(atWork(tx));
        return late;
    }

    private List<Declared<StormSpec, StormStatus>> storms(Tx tx) {
        return resources.list(tx, Storms.KIND, Selection.ALL);
    }

    /** Those that lie back little, but for what belonged to a storm that is over. */
    private static List<Look.Buried> deaths(Tx tx, Instant now, List<Declared<StormSpec, StormStatus>> storms) {
        var oldest = now.minus(VerdictSettings.AT_ONCE);
        var seen = new HashSet<UUID>();
        return Deaths.newest(tx, DEATHS_MAX).stream()
                .filter(death -> death.returned().isEmpty() && death.declared().isAfter(oldest))
                .filter(death -> storms.stream().noneMatch(storm -> belongs(death, storm)))
                .filter(death -> seen.add(death.server()))
                .map(death -> new Look.Buried(death.server(), death.site()))
                .toList();
    }

    private static boolean belongs(Death death, Declared<StormSpec, StormStatus> storm) {
        return storm.spec().covers(death.site())
                && storm.status()
                        .over()
                        .filter(over -> !over.isBefore(death.declared()))
                        .isPresent();
    }

    private void carryOut(Tx tx, VerdictStep step, Instant now, Map<UUID, Switches.Wired> wired, List<Runnable> talks) {
        switch (step) {
            case VerdictStep.Suspect suspect -> {
                LOG.warn("{} is missed", suspect.host().name());
                VerdictLedger.open(tx, suspect);
            }
            case VerdictStep.Ask ask -> {
                VerdictLedger.asking(tx, ask.verdict(), now);
                wired(wired, ask.verdict()).ifPresent(it -> talks.add(() -> desk.ask(ask.verdict(), it, now)));
            }
            case VerdictStep.CutPower cut -> {
                VerdictLedger.cutting(tx, cut.verdict(), now);
                wired(wired, cut.verdict()).ifPresent(it -> talks.add(() -> desk.cut(cut.verdict(), it, now)));
            }
            case VerdictStep.Condemn condemn -> VerdictLedger.condemn(tx, condemn.verdict(), now);
            case VerdictStep.Declare declare -> {
                var verdict = declare.verdict();
                boolean dead = Deaths.declareDead(tx, verdict.server(), declare.proof(), verdict.suspected());
                if (dead || Deaths.of(tx, verdict.server()).isPresent())
                    VerdictLedger.dead(tx, verdict, declare.proof(), now);
            }
            case VerdictStep.Acquit acquit -> VerdictLedger.acquit(tx, acquit.verdict(), now);
            case VerdictStep.Lift lift -> VerdictLedger.lift(tx, lift.server(), now);
            case VerdictStep.BeginStorm begin -> begin(tx, begin, now);
            case VerdictStep.EndStorm end -> {
                var storm = resources.get(tx, Storms.KIND, Storms.KIND.key("", end.storm()));
                resources.report(
                        tx, Storms.KIND, Map.of(storm.uid(), storm.status().over(now)));
            }
        }
    }

    private static Optional<Switches.Wired> wired(Map<UUID, Switches.Wired> wired, Verdict verdict) {
        return Optional.ofNullable(wired.get(verdict.server()));
    }

    /** The one event that says so. */
    private void begin(Tx tx, VerdictStep.BeginStorm step, Instant now) {
        var where = step.site().orElse("estate");
        var uid = chance.uuid();
        var name = "%s-%d".formatted(where, now.getEpochSecond());
        LOG.warn(
                "storm {}: {} of {} servers are missing at once; nothing is fenced",
                name,
                step.missing(),
                step.hosts());
        var key = Storms.KIND.key("", name);
        var spec = new StormSpec(step.site(), StormSpec.Decision.HELD);
        resources.create(tx, Storms.KIND, List.of(new Draft<>(uid, key, Optional.empty(), Map.of(), spec)));
        resources.report(
                tx,
                Storms.KIND,
                Map.of(uid, new StormStatus(step.missing(), step.hosts(), Optional.of(now), Optional.empty())));
    }

    @Override
    public void close() {
        desk.close();
    }
}
