package regie.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import regie.kernel.Actor;
import regie.kernel.Chance;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Fault;
import regie.kernel.Hints;
import regie.kernel.Loop;
import regie.kernel.Resources;
import regie.kernel.Tx;

/**
 * Takes lines that are due, and has the first of each delivered: side by side over resources, one after the other within one. What
 * a server takes is leased: where it dies, another server goes on in its place, and sends what was under way once more.
 */
public final class Dispatcher implements AutoCloseable {
    static final String TOPIC = "webhook-lines";

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** Attempts under way at once on this server, over all webhooks and to one. */
    private static final int UNDER_WAY_MAX = 64;

    private static final int UNDER_WAY_EACH = 8;

    /** A receiver that fails so often in a row is asked with one delivery at a time. */
    private static final int FAILURES_MANY = 5;

    private static final Duration GRACE = Duration.ofSeconds(3);

    private final Database database;
    private final Hints hints;
    private final Resources resources;
    private final Secrets secrets;
    private final Courier courier;
    private final Clock clock;
    private final Chance chance;
    private final Duration lease;
    private final String owner;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    /** Whose leases are renewed: what ended in a fault is taken up again when its lease ends, by whichever server. */
    private final Set<LineLedger.Line> underWay = ConcurrentHashMap.newKeySet();

    private Optional<Loop> loop = Optional.empty();
    private volatile boolean closing;

    public Dispatcher(
            Database database,
            Hints hints,
            Resources resources,
            Secrets secrets,
            Courier courier,
            Clock clock,
            Chance chance,
            DeliverySettings settings) {
        this.database = database;
        this.hints = hints;
        this.resources = resources;
        this.secrets = secrets;
        this.courier = courier;
        this.clock = clock;
        this.chance = chance;
        this.lease = settings.lease();
        this.owner = chance.uuid().toString();
    }

    public void start() {
        loop = Optional.of(Loop.start("webhook-dispatcher", hints, List.of(TOPIC), this::pass));
    }

    /** A delivery that this server has taken, with all that is needed to carry it. */
    private record Job(DeliveryLedger.Head head, WebhookSpec spec, List<SigningSecret> secrets) {
        Parcel parcel() {
            return new Parcel(
                    head.message(),
                    spec.address(),
                    secrets,
                    head.position(),
                    head.what(),
                    head.at(),
                    head.key(),
                    head.resource());
        }
    }

    Loop.Pass pass() {
        var held = List.copyOf(underWay);
        if (!held.isEmpty()) database.change(Actor.ROOM, tx -> LineLedger.renew(tx, owner, held, lease));
        var due = new ArrayList<>(database.read(LineLedger::due));
        if (due.isEmpty()) return Loop.Pass.DONE;
        Collections.rotate(due, (int) Math.floorMod(chance.nextLong(), (long) due.size())); // none is always the last
        for (var each : due) {
            int room = room(each);
            if (room > 0)
                database.transact(Actor.ROOM, tx -> take(tx, each, room)).forEach(this::begin);
        }
        return Loop.Pass.DONE; // whatever ends wakes the next pass
    }

    private int room(LineLedger.Due due) {
        int most = due.failures() >= FAILURES_MANY ? 1 : UNDER_WAY_EACH;
        long own = underWay.stream()
                .filter(line -> line.webhook().equals(due.webhook()))
                .count();
        return (int) Math.min(UNDER_WAY_MAX - underWay.size(), most - own);
    }

    private List<Job> take(Tx tx, LineLedger.Due due, int most) {
        var kind = WebhookKinds.named(due.kind());
        var webhook = resources.byUid(tx, kind, List.of(due.webhook())).stream()
                .filter(declared -> !declared.deleting())
                .findFirst();
        var keys = secrets.of(tx, List.of(due.webhook())).getOrDefault(due.webhook(), List.of());
        if (webhook.isEmpty() || keys.isEmpty()) return List.of();
        var lines = LineLedger.take(tx, owner, due.webhook(), most, lease);
        var heads = new HashMap<LineLedger.Line, DeliveryLedger.Head>();
        for (var head : DeliveryLedger.heads(tx, lines)) heads.put(head.line(), head);
        var jobs = new ArrayList<Job>();
        for (var line : lines) {
            if (underWay.contains(line)) continue; // its lease ran out while we stood still, but it is our own
            var head = Optional.ofNullable(heads.get(line));
            head.ifPresentOrElse(
                    first -> jobs.add(new Job(first, webhook.get().spec(), keys)),
                    () -> LineLedger.release(tx, line, Duration.ZERO));
        }
        return jobs;
    }

    private void begin(Job job) {
        underWay.add(job.head().line());
        workers.execute(() -> {
            try {
                carry(job);
            } catch (Fault e) {
                if (!closing) LOG.warn("a delivery is tried again: {}", e.getMessage());
            } catch (RuntimeException | Error e) { // its line comes up again when its lease ends
                if (!closing)
                    LOG.error(
                            "what became of delivery {} is not written down",
                            job.head().number(),
                            e);
            } finally {
                underWay.remove(job.head().line());
                hints.raise(TOPIC); // there is room for another
            }
        });
    }

    private void carry(Job job) {
        long from = clock.nanos();
        var outcome = sent(job);
        long millis = TimeUnit.NANOSECONDS.toMillis(clock.nanos() - from);
        if (closing && outcome instanceof Outcome.Failed) return; // it may be our own end that it failed of
        database.change(Actor.ROOM, tx -> settle(tx, job, outcome, millis));
    }

    /** A mistake of our own is a failure of this one delivery: it waits longer each time, and is given up at last. */
    private Outcome sent(Job job) {
        try {
            return courier.deliver(job.parcel());
        } catch (RuntimeException | Error e) {
            if (!closing) LOG.error("delivery {} can't be sent", job.head().number(), e);
            return new Outcome.Failed("the room made a mistake; its log tells more under delivery "
                    + job.head().number());
        }
    }

    private void settle(Tx tx, Job job, Outcome outcome, long millis) {
        var head = job.head();
        var webhook = head.line().webhook();
        if (!LineLedger.hold(tx, owner, head.line())) return; // too late: another server has taken it up
        var tried = head.tried().plusMillis(millis);
        var limit = Duration.ofMinutes(job.spec().retryMinutes());
        double drawn = (chance.nextLong() >>> 11) * 0x1.0p-53;
        switch (Verdict.of(outcome, head.attempts() + 1, tried, limit, drawn)) {
            case Verdict.Done _ -> {
                DeliveryLedger.tried(tx, head.number(), DeliveryRecord.State.DELIVERED, outcome, millis);
                LineLedger.release(tx, head.line(), Duration.ZERO);
                CourseLedger.succeeded(tx, webhook);
            }
            case Verdict.Again again -> {
                DeliveryLedger.tried(tx, head.number(), DeliveryRecord.State.WAITING, outcome, millis);
                LineLedger.release(tx, head.line(), again.pause());
                CourseLedger.failed(tx, webhook, outcome.error(), again.rest());
            }
            case Verdict.GiveUp _ -> {
                DeliveryLedger.tried(tx, head.number(), DeliveryRecord.State.DEAD, outcome, millis);
                LineLedger.release(tx, head.line(), Duration.ZERO);
                CourseLedger.failed(tx, webhook, outcome.error(), Duration.ZERO);
            }
            case Verdict.Stop _ -> {
                DeliveryLedger.tried(tx, head.number(), DeliveryRecord.State.WAITING, outcome, millis);
                LineLedger.release(tx, head.line(), Duration.ZERO);
                CourseLedger.gone(tx, webhook, outcome.error());
            }
        }
    }

    /** Lets what is under way come to its end for a moment, then breaks it off and leaves it to another server or the next start. */
    @Override
    public void close() {
        loop.ifPresent(Loop::close);
        closing = true;
        workers.shutdown();
        try {
            if (!workers.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                workers.shutdownNow();
                boolean _ = workers.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        database.change(Actor.ROOM, tx -> LineLedger.releaseAll(tx, owner));
    }
}
