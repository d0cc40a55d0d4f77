package regie.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import regie.identity.Access;
import regie.kernel.Actor;
import regie.kernel.ChangeLog;
import regie.kernel.ChangeLog.Position;
import regie.kernel.Check;
import regie.kernel.Database;
import regie.kernel.Declared;
import regie.kernel.Hints;
import regie.kernel.Kinds;
import regie.kernel.LogTail;
import regie.kernel.Loop;
import regie.kernel.Resources;
import regie.kernel.Tx;

/**
 * Reads the log on for each webhook, and queues what it is to be told. What it queued and how far it read are written in one
 * transaction, so that each change is queued once, whichever server does it and whenever that dies.
 */
public final class Feeder {
    private static final int BATCH = 500;
    /** Bounds what one transaction writes: so many times {@link #BATCH} resources. */
    private static final int WEBHOOKS_AT_ONCE = 8;

    private final Database database;
    private final Kinds kinds;
    private final Resources resources;
    private final Access access;
    private final LogTail tail;
    private final int backlogMax;

    public Feeder(
            Database database,
            Kinds kinds,
            Resources resources,
            Access access,
            LogTail tail,
            DeliverySettings settings) {
        this.database = database;
        this.kinds = kinds;
        this.resources = resources;
        this.access = access;
        this.tail = tail;
        this.backlogMax = settings.backlogMax();
    }

    public Loop start(Hints hints) {
        return Loop.start("webhook-feeder", hints, List.of(ChangeLog.TOPIC), this::pass);
    }

    /** A change with its resource, which is written as JSON once for all webhooks. */
    private record News(ChangeLog.Change change, tools.jackson.databind.JsonNode resource, String json) {
        static News of(ChangeLog.Change change) {
            var resource = change.resource();
            return new News(change, resource, resource.toString());
        }
    }

    Loop.Pass pass() {
        var end = tail.end();
        var behind = database.read(tx -> CursorLedger.behind(tx, end, backlogMax)).stream()
                .collect(Collectors.groupingBy(CursorLedger.Cursor::position));
        boolean more = false;
        for (var group : behind.entrySet()) more |= feed(group.getKey(), group.getValue());
        return more ? Loop.Pass.MORE : Loop.Pass.DONE;
    }

    /** @return whether there may be more behind what was read */
    private boolean feed(Position from, List<CursorLedger.Cursor> cursors) {
        var news = read(from).stream().map(News::of).toList();
        // Asked after reading: what was not trimmed now was not trimmed then.
        var oldest = database.read(ChangeLog::oldest);
        boolean more = false;
        for (int at = 0; at < cursors.size(); at += WEBHOOKS_AT_ONCE) {
            var some = cursors.subList(at, Math.min(cursors.size(), at + WEBHOOKS_AT_ONCE));
            more |= database.transact(Actor.ROOM, tx -> feed(tx, from, some, news, oldest));
        }
        return more;
    }

    private boolean feed(Tx tx, Position from, List<CursorLedger.Cursor> cursors, List<News> news, Position oldest) {
        var kindOf = cursors.stream()
                .collect(Collectors.toUnmodifiableMap(CursorLedger.Cursor::webhook, CursorLedger.Cursor::kind));
        var locked = CursorLedger.lock(tx, kindOf.keySet(), from);
        if (locked.isEmpty()) return false;
        if (from.compareTo(oldest) < 0) {
            skip(tx, locked, from, oldest);
            return true;
        }
        if (news.isEmpty()) return false;
        queue(tx, webhooks(tx, locked, kindOf), news);
        CursorLedger.move(tx, locked, news.getLast().change().position());
        return news.size() == BATCH;
    }

    private List<ChangeLog.Change> read(Position from) {
        try {
            return tail.after(from, BATCH, Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static void skip(Tx tx, List<UUID> webhooks, Position from, Position oldest) {
        CursorLedger.move(tx, webhooks, oldest);
        var missed = new CourseLedger.Missed(from.toString(), oldest.toString());
        for (var webhook : webhooks) CourseLedger.missed(tx, webhook, missed);
    }

    private List<Declared<WebhookSpec, WebhookStatus>> webhooks(Tx tx, List<UUID> locked, Map<UUID, String> kindOf) {
        return WebhookKinds.ALL.stream()
                .flatMap(kind -> {
                    var uids = locked.stream()
                            .filter(uid -> Check.present(kindOf.get(uid)).equals(kind.name()))
                            .toList();
                    return resources.byUid(tx, kind, uids).stream();
                })
                .toList();
    }

    private void queue(Tx tx, List<Declared<WebhookSpec, WebhookStatus>> webhooks, List<News> news) {
        var queued = new ArrayList<DeliveryLedger.Queued>();
        for (var webhook : webhooks) {
            var subscription = Subscription.of(webhook);
            for (var each : news) {
                if (subscription.covers(kinds, access, each.change(), each.resource()))
                    queued.add(new DeliveryLedger.Queued(webhook.uid(), each.change(), each.json()));
            }
        }
        if (queued.isEmpty()) return;
        DeliveryLedger.add(tx, queued);
        LineLedger.join(tx, lines(queued).toList());
        CourseLedger.stale(
                tx,
                queued.stream()
                        .map(DeliveryLedger.Queued::webhook)
                        .distinct()
                        .sorted()
                        .toList());
    }

    private static Stream<LineLedger.Line> lines(List<DeliveryLedger.Queued> queued) {
        return queued.stream()
                .map(each -> new LineLedger.Line(each.webhook(), each.change().uid()))
                .distinct();
    }
}
