package regie.server;

import java.util.ArrayDeque;
import java.util.Deque;
import regie.delivery.Dispatcher;
import regie.delivery.Feeder;
import regie.delivery.Secrets;
import regie.delivery.Sweep;
import regie.delivery.WebhookLoop;
import regie.delivery.Webhooks;
import regie.identity.Access;
import regie.identity.Desk;
import regie.identity.MasterKey;
import regie.identity.Register;
import regie.kernel.Chance;
import regie.kernel.Clock;
import regie.kernel.Database;
import regie.kernel.Hints;
import regie.kernel.Kinds;
import regie.kernel.LogTail;
import regie.kernel.Loop;
import regie.kernel.Resources;
import regie.kernel.WorkQueue;
import regie.webhook.WebhookCourier;

/** Everything that tells others what changed: it reads the log, queues, and sends. */
final class WebhookSide implements AutoCloseable {
    private final Database database;
    private final Resources resources;
    private final Secrets secrets;
    private final WebhookCourier courier;
    private final Dispatcher dispatcher;
    private final Deque<Loop> loops = new ArrayDeque<>();

    private WebhookSide(
            Settings.OfWebhooks settings, MasterKey master, Database database, Hints hints, Resources resources) {
        this.database = database;
        this.resources = resources;
        this.secrets = new Secrets(master, Chance.SECURE);
        this.courier = new WebhookCourier(settings.sending(), Clock.SYSTEM);
        this.dispatcher = new Dispatcher(
                database, hints, resources, secrets, courier, Clock.SYSTEM, Chance.SECURE, settings.queueing());
    }

    static WebhookSide open(
            Settings.OfWebhooks settings,
            MasterKey master,
            Database database,
            Hints hints,
            Kinds kinds,
            Resources resources,
            Access access,
            LogTail tail,
            WorkQueue work) {
        var side = new WebhookSide(settings, master, database, hints, resources);
        var queueing = settings.queueing();
        side.loops.push(new WebhookLoop(database, kinds, resources, work, Clock.SYSTEM, queueing).start(hints));
        side.loops.push(new Feeder(database, kinds, resources, access, tail, queueing).start(hints));
        side.loops.push(new Sweep(database, Clock.SYSTEM, queueing).start(hints));
        side.dispatcher.start();
        return side;
    }

    /** What REST leads to. */
    Webhooks door(Desk desk, Register register) {
        return new Webhooks(database, resources, desk, register, secrets);
    }

    @Override
    public void close() {
        dispatcher.close();
        while (!loops.isEmpty()) loops.pop().close();
        courier.close();
    }
}
