package regie.compute;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private final Database database;
    private final Wishes wishes;
    private final Hints hints;
    private final Clock clock;
    private final Map<String, Long> heardNanos = new ConcurrentHashMap<>();
    private final Map<String, Report> waiting = new LinkedHashMap<>();
    private final Map<String, Presences.News> news = new LinkedHashMap<>();

    public Hosts(Database database, Wishes wishes, Hints hints, Clock clock) {
        this.database = database;
        this.wishes = wishes;
        this.hints = hints;
        this.clock = clock;
    }

    public Loop start() {
        expectThoseHeardBefore();
        return Loop.start("hosts", hints, List.of(TOPIC), this::pass);
    }

    /** Hosts that were heard before this process began are silent too if they don't come back in time. */
    void expectThoseHeardBefore() {
        var known = database.read(
                tx -> tx.query("select name from compute.host where presence = 'UP'", row -> row.text("name")));
        for (var host : known) heardNanos.putIfAbsent(host, clock.nanos());
    }

    /** The agent of {@code host} is there and hears its wishes by {@code line}. */
    public void attend(String host, Consumer<Wish> line) {
        heardNanos.put(host, clock.nanos());
        wishes.attach(host, line);
        tell(host, Presences.News.UP);
        hints.raise(Wishes.TOPIC);
    }

    /** Its line broke. It is silent only if it does not come back in time. */
    public void leave(String host) {
        wishes.detach(host);
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

    Loop.Pass pass() {
        findSilent();
        var presences = new HashMap<String, Presences.News>();
        var reports = new ArrayList<Report>();
        synchronized (waiting) {
            presences.putAll(news);
            news.clear();
            var some = waiting.values().stream().limit(REPORTS_MAX).toList();
            reports.addAll(some);
            for (var report : some) waiting.remove(report.host());
        }
        if (presences.isEmpty() && reports.isEmpty()) return Loop.Pass.DONE;
        try {
            database.change(Actor.ROOM, tx -> {
                Presences.record(tx, presences, reports);
                Reports.record(tx, reports);
            });
        } catch (RuntimeException e) {
            putBack(presences, reports);
            throw e;
        }
        return reports.size() == REPORTS_MAX ? Loop.Pass.MORE : Loop.Pass.DONE;
    }

    private void putBack(Map<String, Presences.News> presences, List<Report> reports) {
        synchronized (waiting) {
            presences.forEach(news::putIfAbsent);
            for (var report : reports) waiting.putIfAbsent(report.host(), report);
        }
    }

    private void findSilent() {
        long oldest = clock.nanos() - SILENT_AFTER.toNanos();
        heardNanos.forEach((host, heard) -> {
            if (heard - oldest >= 0 || !heardNanos.remove(host, heard)) return;
            LOG.warn("{} was not heard for {} s", host, SILENT_AFTER.toSeconds());
            synchronized (waiting) {
                news.put(host, Presences.News.SILENT);
            }
        });
    }
}
