package regie.compute;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import regie.agent.contract.Report;
import regie.agent.contract.Wish;
import regie.kernel.Actor;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Hints;
import regie.kernel.Loop;

/** The hosts that attend here: hears them, tells them their wishes, and notices when one falls silent. */
public final class Hosts {
    private static final Logger LOG = LoggerFactory.getLogger(Hosts.class);
    private static final String TOPIC = "hosts";
    private static final int REPORTS_MAX = 500;
    /** A host that was not heard for so long is silent. Its agent beats once a second. */
    private static final Duration SILENT_AFTER = Duration.ofSeconds(5);
    /** A host that was heard within this attends here, rather than where it went since. */
    private static final Duration ATTENDS = Duration.ofSeconds(2);

    private final Database database;
    private final Wishes wishes;
    private final Hints hints;
    private final Clock clock;
    private final Optional<Attendances> attendances;
    private final Map<String, Long> heardNanos = new ConcurrentHashMap<>();
    private final Map<String, Report> waiting = new LinkedHashMap<>();
    private final Map<String, Presences.News> news = new LinkedHashMap<>();
    private final Map<String, Presences.Refused> refusals = new LinkedHashMap<>();

    /** Of the only server of a room. */
    public Hosts(Database database, Wishes wishes, Hints hints, Clock clock) {
        this(database, wishes, hints, clock, Optional.empty());
    }

    /** @param attendances at all servers of the room; empty where there is only this one */
    public Hosts(Database database, Wishes wishes, Hints hints, Clock clock, Optional<Attendances> attendances) {
        this.attendances = attendances;
        this.database = database;
        this.wishes = wishes;
        this.hints = hints;
        this.clock = clock;
    }

    public Loop start() {
        expectThoseHeardBefore();
        return Loop.start("hosts", hints, List.of(TOPIC), this::pass);
    }

    /** Hosts that were heard before this process began, and not by another, are silent too if they don't come back in time. */
    public void expectThoseHeardBefore() {
        var known = database.read(tx -> tx.query(
                "select name from compute.host where presence = 'UP' or returns_since is not null",
                row -> row.text("name")));
        var elsewhere = elsewhere(known);
        for (var host : known) if (!elsewhere.contains(host)) heardNanos.putIfAbsent(host, clock.nanos());
    }

    private Set<String> elsewhere(Collection<String> hosts) {
        return attendances.map(all -> all.elsewhere(hosts)).orElse(Set.of());
    }

    /** Says who was heard here lately, and looks after those whom a server heard that is gone. */
    private void sayWhoAttends(Attendances all) {
        long lately = clock.nanos() - ATTENDS.toNanos();
        var attending = heardNanos.entrySet().stream()
                .filter(heard -> heard.getValue() - lately >= 0)
                .map(Map.Entry::getKey)
                .toList();
        for (var host : all.say(attending)) heardNanos.putIfAbsent(host, clock.nanos());
    }

    /** The agent of {@code host} is there and hears its wishes by {@code line}. */
    public void attend(String host, Consumer<Wish> line) {
        heardNanos.put(host, clock.nanos());
        wishes.attach(host, line);
        tell(host, Presences.News.UP);
        hints.raise(Wishes.TOPIC);
    }

    /** Its line broke. It is silent only if it does not come back in time. */
    public void leave(String host, Consumer<Wish> line) {
        wishes.detach(host, line);
    }

    /** The host changed nothing, because it can't be as the wish of {@code generation} says. */
    public void refused(String host, long generation, String why) {
        LOG.warn("{} refused wish {}: {}", host, generation, why);
        beat(host);
        synchronized (waiting) {
            refusals.put(host, new Presences.Refused(generation, why));
        }
        hints.raise(TOPIC);
    }

    public void beat(String host) {
        heardNanos.computeIfPresent(host, (_, _) -> clock.nanos());
    }

    /** Of two reports that wait, the later one tells all. */
    public void report(Report report) {
        beat(report.host());
        synchronized (waiting) {
            waiting.put(report.host(), report);
        }
        hints.raise(TOPIC);
    }

    private void tell(String host, Presences.News what) {
        synchronized (waiting) {
            news.put(host, what);
        }
        hints.raise(TOPIC);
    }

    /** One look, which {@link #start} has again and again. */
    public Loop.Pass pass() {
        attendances.filter(Attendances::due).ifPresent(this::sayWhoAttends);
        findSilent();
        var heard = takeHeard();
        if (heard.isEmpty()) return Loop.Pass.DONE;
        try {
            database.change(Actor.ROOM, tx -> {
                if (!heard.news().isEmpty()) Ledger.lock(tx); // whoever is heard anew may take guests
                Ledger.lockHostsNamed(tx, heard.hosts());
                Presences.record(tx, heard);
                Reports.record(tx, heard.reports());
            });
        } catch (RuntimeException e) {
            putBack(heard);
            throw e;
        }
        return heard.reports().size() == REPORTS_MAX ? Loop.Pass.MORE : Loop.Pass.DONE;
    }

    private Presences.Heard takeHeard() {
        synchronized (waiting) {
            var reports = waiting.values().stream().limit(REPORTS_MAX).toList();
            for (var report : reports) waiting.remove(report.host());
            var heard = new Presences.Heard(Map.copyOf(news), Map.copyOf(refusals), reports);
            news.clear();
            refusals.clear();
            return heard;
        }
    }

    private void putBack(Presences.Heard heard) {
        synchronized (waiting) {
            heard.news().forEach(news::putIfAbsent);
            heard.refusals().forEach(refusals::putIfAbsent);
            for (var report : heard.reports()) waiting.putIfAbsent(report.host(), report);
        }
    }

    /** Whoever watches this host more closely than by its beats to the room misses it: it is silent at once. */
    public void missed(String host) {
        if (heardNanos.remove(host) != null) tell(host, Presences.News.SILENT);
    }

    private void findSilent() {
        long oldest = clock.nanos() - SILENT_AFTER.toNanos();
        var late = new HashMap<String, Long>();
        heardNanos.forEach((host, heard) -> {
            if (heard - oldest < 0) late.put(host, heard);
        });
        if (late.isEmpty()) return;
        var elsewhere = elsewhere(late.keySet());
        late.forEach((host, heard) -> {
            if (!heardNanos.remove(host, heard) || elsewhere.contains(host)) return;
            LOG.warn("{} was not heard for {} s", host, SILENT_AFTER.toSeconds());
            synchronized (waiting) {
                news.put(host, Presences.News.SILENT);
            }
        });
    }
}
