package regie.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import regie.kernel.Actor;
import regie.kernel.ChangeLog;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Declared;
import regie.kernel.Hints;
import regie.kernel.Hold;
import regie.kernel.Kind;
import regie.kernel.Kinds;
import regie.kernel.Loop;
import regie.kernel.Resources;
import regie.kernel.Tx;
import regie.kernel.WorkQueue;

/** Keeps the tables as webhooks are declared, and shows in their status how it goes. */
public final class WebhookLoop {
    private static final int BATCH = 100;
    private static final Duration LEASE = Duration.ofSeconds(5);

    private final Database database;
    private final Kinds kinds;
    private final Resources resources;
    private final WorkQueue work;
    private final Clock clock;
    private final int backlogMax;

    public WebhookLoop(
            Database database,
            Kinds kinds,
            Resources resources,
            WorkQueue work,
            Clock clock,
            DeliverySettings settings) {
        this.database = database;
        this.kinds = kinds;
        this.resources = resources;
        this.work = work;
        this.clock = clock;
        this.backlogMax = settings.backlogMax();
    }

    public Loop start(Hints hints) {
        var topics = WebhookKinds.ALL.stream()
                .map(kind -> WorkQueue.topic(kind.name()))
                .toList();
        return Loop.start("webhooks", hints, topics, this::pass);
    }

    Loop.Pass pass() {
        boolean more = false;
        for (var kind : WebhookKinds.ALL) {
            more |= declare(kind);
            more |= report(kind);
        }
        return more ? Loop.Pass.MORE : Loop.Pass.DONE;
    }

    private boolean declare(Kind<WebhookSpec, WebhookStatus> kind) {
        return database.transact(Actor.ROOM, tx -> {
            var items = work.take(tx, kind.name(), BATCH, LEASE);
            var uids = items.stream().map(WorkQueue.Item::object).sorted().toList();
            var webhooks = resources.byUid(tx, kind, uids).stream()
                    .sorted(java.util.Comparator.comparing(Declared::uid))
                    .toList();
            for (var webhook : webhooks) {
                if (webhook.deleting()) letGo(tx, kind, webhook);
                else begin(tx, webhook);
            }
            work.complete(tx, kind.name(), items);
            return items.size() == BATCH;
        });
    }

    private void letGo(Tx tx, Kind<WebhookSpec, WebhookStatus> kind, Declared<WebhookSpec, WebhookStatus> webhook) {
        CourseLedger.delete(tx, webhook.uid());
        resources.finish(tx, kind, List.of(webhook.uid()));
    }

    /** Makes a webhook's rows where they are not there: it is told of what comes behind its own creation. */
    static void begin(Tx tx, Declared<WebhookSpec, WebhookStatus> webhook) {
        CourseLedger.declare(tx, webhook);
        var born = ChangeLog.first(tx, webhook.uid()).orElseGet(() -> ChangeLog.oldest(tx));
        CursorLedger.begin(tx, webhook.uid(), born);
        tx.hint(ChangeLog.TOPIC);
        tx.hint(Dispatcher.TOPIC);
    }

    private boolean report(Kind<WebhookSpec, WebhookStatus> kind) {
        return database.transact(Actor.ROOM, tx -> {
            var courses = CourseLedger.takeStale(tx, kind, BATCH);
            var uids = courses.stream().map(CourseLedger.Course::webhook).toList();
            var declared = resources.byUid(tx, kind, uids).stream()
                    .collect(Collectors.toUnmodifiableMap(Declared::uid, webhook -> webhook));
            var counts = DeliveryLedger.counts(tx, uids);
            var secrets = SecretLedger.sealed(tx, uids);
            var statuses = new HashMap<UUID, WebhookStatus>();
            for (var course : courses) {
                var webhook = declared.get(course.webhook());
                if (webhook == null || webhook.deleting()) continue;
                statuses.put(
                        course.webhook(),
                        status(
                                webhook,
                                course,
                                counts.getOrDefault(course.webhook(), DeliveryLedger.Counts.NOTHING),
                                secrets.getOrDefault(course.webhook(), List.of())
                                        .size()));
            }
            resources.report(tx, kind, statuses);
            return courses.size() == BATCH;
        });
    }

    private WebhookStatus status(
            Declared<WebhookSpec, WebhookStatus> webhook,
            CourseLedger.Course course,
            DeliveryLedger.Counts counts,
            int secrets) {
        return new WebhookStatus(
                state(course, secrets),
                secrets,
                counts.backlog(),
                counts.oldest(),
                counts.dead(),
                course.lastSuccessAt(),
                course.lastFailureAt(),
                course.lastFailure(),
                course.failures(),
                holds(webhook, course, counts, secrets));
    }

    private static WebhookStatus.State state(CourseLedger.Course course, int secrets) {
        if (course.goneAt().isPresent()) return WebhookStatus.State.GONE;
        return course.paused() || secrets == 0 ? WebhookStatus.State.WAITING : WebhookStatus.State.ACTIVE;
    }

    private List<Hold> holds(
            Declared<WebhookSpec, WebhookStatus> webhook,
            CourseLedger.Course course,
            DeliveryLedger.Counts counts,
            int secrets) {
        var holds = new ArrayList<Hold>();
        if (secrets == 0) holds.add(Holds.noSecret(webhook.name()));
        if (course.paused()) holds.add(Holds.paused(counts.backlog()));
        course.goneAt().map(Holds::gone).ifPresent(holds::add);
        course.restUntil()
                .filter(until -> until.isAfter(clock.now()))
                .map(Holds::resting)
                .ifPresent(holds::add);
        if (course.failures() > 0 && course.goneAt().isEmpty())
            holds.add(Holds.failing(course.failures(), course.lastFailure()));
        if (counts.backlog() >= backlogMax) holds.add(Holds.backlogFull(backlogMax));
        course.missed().map(Holds::missed).ifPresent(holds::add);
        if (counts.dead() > 0) holds.add(Holds.deadLetters(counts.dead(), webhook.name()));
        unknown(webhook.spec()).forEach(holds::add);
        return holds;
    }

    private Stream<Hold> unknown(WebhookSpec spec) {
        var known = kinds.all().stream().map(Kind::name).toList();
        return spec.kinds().stream().filter(kind -> !known.contains(kind)).map(kind -> Holds.unknownKind(kind, known));
    }
}
