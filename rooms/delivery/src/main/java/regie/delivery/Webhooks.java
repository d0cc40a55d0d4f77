package regie.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import regie.identity.Caller;
import regie.identity.Desk;
import regie.identity.Register;
import regie.kernel.ChangeLog;
import regie.kernel.ChangeLog.Position;
import regie.kernel.Database;
import regie.kernel.Declared;
import regie.kernel.Key;
import regie.kernel.Refused;
import regie.kernel.ResourceRefusal;
import regie.kernel.Resources;
import regie.kernel.Tx;

/** What can be done with a declared webhook beside declaring it. */
public final class Webhooks {
    private final Database database;
    private final Resources resources;
    private final Desk desk;
    private final Register register;
    private final Secrets secrets;

    public Webhooks(Database database, Resources resources, Desk desk, Register register, Secrets secrets) {
        this.database = database;
        this.resources = resources;
        this.desk = desk;
        this.register = register;
        this.secrets = secrets;
    }

    /**
     * Makes the newest secret of a webhook, which is never shown again.
     *
     * @param overlap how long deliveries are signed with the one before, too
     */
    public SigningSecret makeSecret(Caller caller, Key key, Duration overlap) {
        return desk.use(caller, key, "make-secret", (tx, _) -> {
            var webhook = begun(tx, key);
            var secret = secrets.make(tx, webhook, overlap);
            CourseLedger.staleNow(tx, webhook);
            tx.hint(Dispatcher.TOPIC);
            return secret;
        });
    }

    /** A part of the delivery log, newest first. */
    public List<DeliveryRecord> deliveries(Caller caller, Key key, DeliverySelection which) {
        var webhook = register.get(caller, key);
        return database.read(tx -> DeliveryLedger.page(tx, webhook.uid(), which));
    }

    /**
     * Delivers all changes behind {@code from} once more, each under the id that it had. What waits from there on is taken out of the
     * queue, and comes again in its place.
     *
     * @throws Refused with {@link DeliveryRefusal.ReplayOutOfLog}
     */
    public void replay(Caller caller, Key key, Position from) {
        desk.use(caller, key, "replay", (tx, _) -> {
            var webhook = begun(tx, key);
            var oldest = ChangeLog.oldest(tx);
            var end = ChangeLog.end(tx);
            if (from.compareTo(oldest) < 0 || from.compareTo(end) > 0) {
                throw new DeliveryRefusal.ReplayOutOfLog(from.toString(), oldest.toString(), end.toString())
                        .asException();
            }
            var _ = CursorLedger.lock(tx, webhook);
            CursorLedger.move(tx, List.of(webhook), from);
            DeliveryLedger.withdraw(tx, webhook, from);
            LineLedger.hurry(tx, webhook);
            CourseLedger.resume(tx, webhook);
            tx.hint(ChangeLog.TOPIC);
            return true;
        });
    }

    /**
     * Puts dead letters back into the queue, each in its old place.
     *
     * @param numbers those; all of them where it is empty
     * @return how many there were
     */
    public int redeliver(Caller caller, Key key, Collection<Long> numbers) {
        return desk.use(caller, key, "redeliver", (tx, _) -> {
            var webhook = begun(tx, key);
            var lines = DeliveryLedger.revive(tx, webhook, numbers);
            LineLedger.join(tx, lines.stream().distinct().toList());
            LineLedger.hurry(tx, webhook);
            CourseLedger.resume(tx, webhook);
            return lines.size();
        });
    }

    /** The webhook, whose rows may not be there yet where it was declared just now. */
    private UUID begun(Tx tx, Key key) {
        Declared<WebhookSpec, WebhookStatus> webhook = resources.get(tx, WebhookKinds.named(key.kind()), key);
        if (webhook.deleting()) throw new ResourceRefusal.Deleting(key).asException();
        if (!CourseLedger.has(tx, webhook)) WebhookLoop.begin(tx, webhook);
        return webhook.uid();
    }
}
